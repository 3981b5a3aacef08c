import type { ScoreParts } from '../../../protocol';
import { scoreWords } from '../../why/score-words';
import { shortNumber } from '../../why/verdict';
import { useChatContext } from '../chat-context';
import { useRowTabIndex } from '../row';
import { Sentence } from '../sentence';

/**
 * A score, as a bar within a bar: the outer one is the base, and the factor decides how much of it
 * is filled.
 */
export function ScoreView({ score }: { score: ScoreParts }): React.JSX.Element {
  const { trans } = useChatContext();
  const tabIndex = useRowTabIndex();
  const sum = trans.__(
    '%1 = %2 × %3',
    shortNumber(score.score),
    shortNumber(score.base),
    shortNumber(score.factor)
  );
  return (
    <details className="jp-ChatOps-score">
      <summary tabIndex={tabIndex} title={trans.__('How this score is made')}>
        <span className="jp-ChatOps-scoreBar" aria-hidden="true">
          <span style={{ inlineSize: percent(score.base) }} />
          <span style={{ inlineSize: percent(score.score) }} />
        </span>
        <span className="jp-ChatOps-scoreSum">
          <span className="jp-ChatOps-scoreName">{trans.__('Score')}</span> {sum}
        </span>
      </summary>
      <table className="jp-ChatOps-scoreParts">
        <tbody>
          {scoreWords(score, trans).map(({ name, value, origin }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="jp-ChatOps-number">{value}</td>
              <td>
                <Sentence text={origin} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function percent(value: number): string {
  return `${Math.min(100, Math.max(0, value * 100))}%`;
}
