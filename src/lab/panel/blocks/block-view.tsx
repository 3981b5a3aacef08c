import type { Block } from '../../../protocol';
import { MessageBody } from '../message-body';
import { ButtonsView } from './buttons-view';
import { CardView } from './card-view';
import { CodeView } from './code-view';
import { FileView, ImageView, VideoView } from './media-view';
import { ProgressView } from './progress-view';
import { TableView } from './table-view';

/** Properties of a part of a message. */
export interface BlockViewProps {
  block: Block;
  /** A text that is the same for this part and for no other on the page. */
  part: string;
  /** The message's place in the bot's journal. */
  seq: number;
}

/** One part of a message. */
export function BlockView({ block, part, seq }: BlockViewProps): React.JSX.Element {
  switch (block.type) {
    case 'text':
      return (
        <div className="jp-ChatOps-body" dir="auto">
          {block.text}
        </div>
      );
    case 'markdown':
      return <MessageBody message={part} text={block.text} />;
    case 'code':
      return <CodeView message={part} block={block} />;
    case 'table':
      return <TableView block={block} />;
    case 'card':
      return <CardView message={part} block={block} />;
    case 'buttons':
      return <ButtonsView seq={seq} block={block} />;
    case 'progress':
      return <ProgressView block={block} />;
    case 'file':
      return <FileView block={block} />;
    case 'image':
      return <ImageView block={block} />;
    case 'video':
      return <VideoView block={block} />;
  }
}
