import type { BlockOf } from '../../../protocol';
import { textDirection } from '../../chat/text-direction';
import { useChatContext } from '../chat-context';
import { useScrollable } from '../scrollable';

/** A value of at most so many characters stands in one line. */
const SHORT = 24;

/** A table, which scrolls by itself where it is too wide. */
export function TableView({
  block: { columns, rows }
}: {
  block: BlockOf<'table'>;
}): React.JSX.Element {
  const { trans } = useChatContext();
  const scrollable = useScrollable<HTMLDivElement>(trans.__('Table'));
  return (
    <div className="jp-ChatOps-table" {...scrollable}>
      <table dir={textDirection(columns.join(' '))}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={index} scope="col" data-short={column.length <= SHORT}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((_, column) => (
                <td key={column} data-short={(row[column] ?? '').length <= SHORT}>
                  {row[column] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
