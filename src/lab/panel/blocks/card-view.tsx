import type { BlockOf } from '../../../protocol';
import { isWebAddress } from '../../chat/media-source';
import { MessageBody } from '../message-body';
import { useRowTabIndex } from '../row';

/** Facts at a glance. */
export function CardView({
  message,
  block: { title, text, fields, url, tone = 'info' }
}: {
  message: string;
  block: BlockOf<'card'>;
}): React.JSX.Element {
  const tabIndex = useRowTabIndex();
  return (
    // No landmark: several messages may have a card of the same name.
    <figure className="jp-ChatOps-card" data-tone={tone} aria-label={title}>
      <p className="jp-ChatOps-cardTitle" dir="auto">
        {url !== undefined && isWebAddress(url) ? (
          <a href={url} target="_blank" rel="noopener noreferrer" tabIndex={tabIndex}>
            {title}
          </a>
        ) : (
          title
        )}
      </p>
      {text !== undefined && <MessageBody message={message} text={text} />}
      {fields.length > 0 && (
        <dl className="jp-ChatOps-cardFields">
          {fields.map(({ name, value }, index) => (
            <div key={index}>
              <dt>
                <bdi>{name}</bdi>
              </dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </figure>
  );
}
