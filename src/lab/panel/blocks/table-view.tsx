import type { BlockOf } from '../../../protocol';
import { useChatContext } from '../chat-context';
import { useScrollable } from '../scrollable';

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
      <table>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={index} scope="col" dir="auto">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((_, column) => (
                <td key={column} dir="auto">
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
