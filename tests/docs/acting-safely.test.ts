import { describePage } from '../support/conversation-page';

describePage('docs/acting-safely.md', { roles: { ops: ['carl'] } });
