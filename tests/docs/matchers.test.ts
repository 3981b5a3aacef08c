import { describePage } from '../support/conversation-page';

describePage('docs/matchers.md');
