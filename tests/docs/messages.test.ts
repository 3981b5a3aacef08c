import { describePage } from '../support/conversation-page';

describePage('docs/messages.md');
