import { useState } from 'react';
import type { BlockOf } from '../../../protocol';
import { mediaSource, sizeWords, type MediaBlock } from '../../chat/media-source';
import { useChatContext } from '../chat-context';
import { useRowTabIndex } from '../row';

/** A file to save. */
export function FileView({ block }: { block: BlockOf<'file'> }): React.JSX.Element {
  return <MediaLink block={block} />;
}

/** A picture; a link to it where it cannot be shown. */
export function ImageView({ block }: { block: BlockOf<'image'> }): React.JSX.Element {
  const { trans } = useChatContext();
  const [failed, setFailed] = useState(false);
  const source = mediaSource(block);
  if (source === undefined || failed || source.startsWith('data:application/')) {
    return <MediaLink block={block} />;
  }
  return (
    <img
      className="jp-ChatOps-image"
      src={source}
      alt={block.alt ?? block.name ?? trans.__('Picture')}
      loading="lazy"
      // What a page elsewhere learns of whoever looks at its picture is that somebody does.
      referrerPolicy="no-referrer"
      onError={() => setFailed(true)}
    />
  );
}

/** A film; a link to it where it cannot be shown. */
export function VideoView({ block }: { block: BlockOf<'video'> }): React.JSX.Element {
  const { trans } = useChatContext();
  const [failed, setFailed] = useState(false);
  const tabIndex = useRowTabIndex();
  const source = mediaSource(block);
  if (source === undefined || failed || source.startsWith('data:application/')) {
    return <MediaLink block={block} />;
  }
  return (
    // A bot has no captions for what it passes on.
    // oxlint-disable-next-line jsx-a11y/media-has-caption
    <video
      className="jp-ChatOps-video"
      src={source}
      controls
      preload="metadata"
      tabIndex={tabIndex}
      aria-label={block.name ?? trans.__('Film')}
      onError={() => setFailed(true)}
    />
  );
}

function MediaLink({ block }: { block: MediaBlock }): React.JSX.Element {
  const { trans } = useChatContext();
  const tabIndex = useRowTabIndex();
  const source = mediaSource(block);
  const { name = block.url?.split('/').at(-1) ?? trans.__('File'), size } = block;
  return (
    <p className="jp-ChatOps-file">
      {source === undefined ? (
        name
      ) : (
        <a
          href={source}
          download={name}
          target="_blank"
          rel="noopener noreferrer"
          tabIndex={tabIndex}
        >
          {name}
        </a>
      )}
      {size !== undefined && <span className="jp-ChatOps-fileSize">{sizeWords(size)}</span>}
    </p>
  );
}
