import * as z from 'zod';
import type { TestRun } from '../../workshop';

/** What Node's test runner tells of a test that has ended. */
const lineSchema = z.object({
  passed: z.boolean(),
  name: z.string(),
  /** A group of tests, whose members are told of themselves. */
  group: z.boolean().default(false),
  problem: z.string().optional()
});

/** What stands in front of each line, so that what the tests print is not taken for one. */
const MARK = 'chatops-test ';

/**
 * A reporter for Node's test runner that writes one line of JSON for each test.
 *
 * Source: https://nodejs.org/docs/latest-v20.x/api/test.html#custom-reporters
 */
export const lineReporter = `data:text/javascript,${encodeURIComponent(`
export default async function* (source) {
  for await (const { type, data } of source) {
    if (type === 'test:pass' || type === 'test:fail') {
      const error = data.details?.error;
      const cause = error?.cause ?? error;
      yield '\\n${MARK}' + JSON.stringify({
        passed: type === 'test:pass',
        name: String(data.name),
        group: data.details?.type === 'suite',
        ...(type === 'test:fail' && { problem: String(cause?.message ?? cause) })
      }) + '\\n';
    }
  }
}`)}`;

/** Reads what {@link lineReporter} has written among other things. */
export function readReport(output: string): TestRun {
  const lines = output
    .split('\n')
    .filter(line => line.startsWith(MARK))
    .flatMap(line => lineSchema.safeParse(parsed(line.slice(MARK.length))).data ?? [])
    .filter(({ group }) => !group);
  const failed = lines.filter(({ passed }) => !passed);
  const [first] = failed;
  return {
    passed: lines.length - failed.length,
    failed: failed.length,
    ...(first && { problem: `${first.name}: ${firstLineOf(first.problem ?? '')}` })
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstLineOf(text: string): string {
  return text.trim().split('\n', 1)[0]!;
}
