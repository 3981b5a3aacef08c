import { mediaSource, sizeWords } from '../chat/media-source';
import type { Attachment } from '../chat/attachment';
import { useChatContext } from './chat-context';
import { Glyph } from './glyph';

/** The files that go with the message that is being written. */
export function AttachmentList({
  attachments,
  onRemove
}: {
  attachments: readonly Attachment[];
  onRemove: (attachment: Attachment) => void;
}): React.JSX.Element | null {
  const { trans } = useChatContext();
  return attachments.length === 0 ? null : (
    <ul className="jp-ChatOps-attachments" aria-label={trans.__('Attached files')}>
      {attachments.map((attachment, index) => (
        <li key={index} className="jp-ChatOps-attachment">
          {attachment.type === 'image' && (
            <img className="jp-ChatOps-thumbnail" src={mediaSource(attachment)} alt="" />
          )}
          <span className="jp-ChatOps-attachmentName" dir="auto">
            {attachment.name}
          </span>
          <span className="jp-ChatOps-fileSize">{sizeWords(attachment.size ?? 0)}</span>
          <button
            type="button"
            className="jp-ChatOps-action"
            aria-label={trans.__('Remove %1', attachment.name ?? '')}
            title={trans.__('Remove')}
            onClick={() => onRemove(attachment)}
          >
            <Glyph name="dismiss" />
          </button>
        </li>
      ))}
    </ul>
  );
}
