import type { EngineSettings } from '../../engine';
import type { ConfigurationValues } from './definition';

/** What the engine needs to know of a configuration. */
export function engineSettings({
  roles,
  timezone,
  lang,
  parsers,
  connectors
}: ConfigurationValues): EngineSettings {
  const enabled = connectors.filter(connector => connector.enabled);
  return {
    roles,
    defaultConnector: (enabled.find(connector => connector.default) ?? enabled[0])?.name,
    timezone,
    language: lang,
    minScores: new Map(
      parsers.flatMap(({ name, 'min-score': minScore }) =>
        minScore === undefined ? [] : [[name, minScore]]
      )
    ),
    disabledParsers: new Set(parsers.filter(({ enabled }) => !enabled).map(({ name }) => name))
  };
}
