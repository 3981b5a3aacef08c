import type { Debugger, Runtime } from 'node:inspector';
import { stripTypes } from '../../source';
import { plainName } from '../cell/session-names';
import { SESSION_HOOK } from '../thread';
import type { JsonObject } from '../wire';
import { MainDebugger } from './main-debugger';
import { typeOf, valueText } from './value-text';
import { VariableTable } from './variable-table';

/** What {@link DebugValues} looks at. */
export interface DebugValuesParts {
  /** The debugger, while a front end has attached. */
  debug: () => MainDebugger | undefined;
  table: () => VariableTable | undefined;
  /** A call that stands still. */
  frame: (id: unknown) => Debugger.CallFrame | undefined;
}

/** Values of names and expressions, also where nothing stands still and nobody has attached. */
export class DebugValues {
  constructor(private readonly parts: DebugValuesParts) {}

  /** What cells have declared, while nothing stands still. */
  async ofSession(): Promise<JsonObject[]> {
    const own = this.parts.debug() ? undefined : new MainDebugger(silent);
    const debug = this.parts.debug() ?? own!;
    try {
      const table = this.parts.table() ?? new VariableTable(debug);
      const { names } = await debug.post<Runtime.GlobalLexicalScopeNamesReturnType>(
        'Runtime.globalLexicalScopeNames'
      );
      const found = await Promise.all(
        names.map(async name => ({ name, value: await valueOf(debug, name) }))
      );
      return found.flatMap(({ name, value }) =>
        value
          ? [
              {
                ...table.variable(plainName(name), value, plainName(name)),
                // Whoever has not attached cannot ask further.
                ...(own && { variablesReference: 0 })
              }
            ]
          : []
      );
    } finally {
      own?.close();
    }
  }

  /** A value in all its formats, as below a cell. */
  async rich(name: string, frameId: unknown): Promise<JsonObject> {
    const hook = `globalThis[Symbol.for(${JSON.stringify(SESSION_HOOK)})]`;
    const { value } = await this.value(`${hook}.represent(${name})`, frameId, true);
    return value as JsonObject;
  }

  /** The value of an expression of TypeScript. */
  async evaluate(expression: string, frameId: unknown): Promise<JsonObject> {
    const code = stripTypes(expression, 'expression', 'esm').trim().replace(/;$/, '');
    const value = await this.value(code, frameId);
    const shown = this.parts.table()?.variable('', value, expression);
    return {
      result: valueText(value),
      type: typeOf(value),
      variablesReference: shown?.variablesReference ?? 0
    };
  }

  /** Evaluates in a call that stands still, or else where cells do. */
  async value(
    expression: string,
    frameId: unknown,
    returnByValue = false
  ): Promise<Runtime.RemoteObject> {
    const own = this.parts.debug() ? undefined : new MainDebugger(silent);
    const debug = this.parts.debug() ?? own!;
    const options = { expression, returnByValue, generatePreview: !returnByValue, silent: true };
    try {
      const call = this.parts.frame(frameId);
      const { result, exceptionDetails } = await (call
        ? debug.post<Debugger.EvaluateOnCallFrameReturnType>('Debugger.evaluateOnCallFrame', {
            ...options,
            callFrameId: call.callFrameId
          })
        : debug.post<Runtime.EvaluateReturnType>('Runtime.evaluate', options));
      if (exceptionDetails) {
        throw new Error((result.description ?? exceptionDetails.text).split('\n')[0]);
      }
      return result;
    } finally {
      own?.close();
    }
  }
}

const silent = { paused: () => undefined, resumed: () => undefined };

async function valueOf(
  debug: MainDebugger,
  name: string
): Promise<Runtime.RemoteObject | undefined> {
  const { result, exceptionDetails } = await debug.post<Runtime.EvaluateReturnType>(
    'Runtime.evaluate',
    { expression: name, silent: true, generatePreview: true, throwOnSideEffect: true }
  );
  return exceptionDetails ? undefined : result;
}
