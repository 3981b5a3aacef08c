import type { MatcherRecord, SkillRecord, SkillSource } from '../../../protocol';
import { commandIds } from '../../command-ids';
import { conditionOf, conditionWords } from '../../skills/skill-list';
import { useBotStatus, useChatContext } from '../chat-context';
import { ErrorCard, SourceLink } from '../error-card';
import { MatcherLine } from '../explainer/matcher-line';
import { fullTime, timeOfDay } from '../times';

/** One skill: how it is doing, what it answers to, and what can be done with it. */
export function SkillCard({ skill }: { skill: SkillRecord }): React.JSX.Element {
  const { trans } = useChatContext();
  const { name, matchers, error, loadedAt } = skill;
  const id = `jp-ChatOps-skill-${name}`;
  return (
    <li className="jp-ChatOps-skill" data-condition={conditionOf(skill)} aria-labelledby={id}>
      <div className="jp-ChatOps-skillHead">
        <span className="jp-ChatOps-dot" aria-hidden="true" />
        <h3 id={id}>{name}</h3>
        <span className="jp-ChatOps-skillState">
          {conditionWords(skill, trans)}
          {loadedAt !== undefined && (
            <>
              {' '}
              <time dateTime={new Date(loadedAt).toISOString()} title={fullTime(loadedAt)}>
                {trans.__('since %1', timeOfDay(loadedAt))}
              </time>
            </>
          )}
        </span>
      </div>
      <SkillActions skill={skill} />
      {error && <ErrorCard error={error} />}
      {matchers.length > 0 && (
        <ul className="jp-ChatOps-matchers" aria-label={trans.__('What %1 answers to', name)}>
          {matchers.map(matcher => (
            <MatcherItem key={matcher.id} matcher={matcher} />
          ))}
        </ul>
      )}
    </li>
  );
}

function SkillActions({ skill }: { skill: SkillRecord }): React.JSX.Element {
  const { trans, actions } = useChatContext();
  const { state } = useBotStatus();
  const { name, source } = skill;
  const isHeld = skill.state === 'held';
  return (
    <div className="jp-ChatOps-skillActions">
      <Origin source={source} />
      {RELOADABLE.has(source.kind) && (
        <>
          <button
            type="button"
            className="jp-ChatOps-link"
            disabled={state !== 'connected'}
            aria-label={trans.__('Reload %1', name)}
            onClick={() => actions.reloadSkills([name])}
          >
            {trans.__('Reload')}
          </button>
          <button
            type="button"
            className="jp-ChatOps-link"
            disabled={state !== 'connected'}
            aria-label={isHeld ? trans.__('Release %1', name) : trans.__('Put %1 on hold', name)}
            title={
              isHeld
                ? trans.__('Let it answer again, loaded anew')
                : trans.__('Keep it from answering until it is edited or released')
            }
            onClick={() => actions.run(commandIds.holdSkill, { skill: name, hold: !isHeld })}
          >
            {isHeld ? trans.__('Release') : trans.__('Put on hold')}
          </button>
        </>
      )}
    </div>
  );
}

/** Where a skill comes from, as far as its file does not say it. */
function Origin({ source }: { source: SkillSource }): React.JSX.Element {
  const { trans, actions } = useChatContext();
  const { kind, path = '', file, pinned } = source;
  return (
    <>
      {kind === 'builtin' && <span>{trans.__('comes with ChatOps')}</span>}
      {kind === 'cell' && (
        <span>
          {trans.__('a cell of')}{' '}
          <button
            type="button"
            className="jp-ChatOps-link jp-ChatOps-place"
            onClick={() => actions.run('docmanager:open', { path })}
          >
            {path}
          </button>
        </span>
      )}
      {(kind === 'repo' || kind === 'package') && (
        <span>{pinned === undefined ? path : trans.__('%1 at %2', path, pinned)}</span>
      )}
      {kind !== 'builtin' && file !== undefined && <SourceLink where={{ file }} />}
    </>
  );
}

/** Kinds of sources that can be read again. */
const RELOADABLE: ReadonlySet<SkillSource['kind']> = new Set(['path', 'repo', 'package']);

function MatcherItem({ matcher }: { matcher: MatcherRecord }): React.JSX.Element {
  const { trans, actions } = useChatContext();
  const { description, examples = [], where } = matcher;
  return (
    <li>
      {description !== undefined && <p>{description}</p>}
      <MatcherLine matcher={matcher} />
      {where && <SourceLink where={where} />}
      {examples.length > 0 && (
        <ul className="jp-ChatOps-examples" aria-label={trans.__('Examples')}>
          {examples.map(example => (
            <li key={example}>
              <button
                type="button"
                className="jp-ChatOps-offer"
                title={trans.__('Put this into the input')}
                onClick={() => actions.write(example)}
              >
                {example}
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
