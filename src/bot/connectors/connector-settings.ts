import type { Delays } from '../../engine';
import type { ConnectorConfig } from '../config';

/** What every connector can be told. */
export interface ConnectorSettings {
  /** Where the bot speaks when nobody says where. */
  defaultRoom?: string | undefined;
  delays?: Delays | undefined;
}

/** What a section says that holds for connectors of every kind. */
export function connectorSettings(section: ConnectorConfig): ConnectorSettings {
  const thinking = section['thinking-delay'];
  const typing = section['typing-delay'];
  const isAtOnce = typing === 0 && thinking === 0;
  return {
    defaultRoom: section['default-room'],
    delays: isAtOnce ? undefined : { thinking, typing }
  };
}
