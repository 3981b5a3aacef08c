import { useState } from 'react';
import { listSkills } from '../../skills/skill-list';
import { useBotStatus, useChatContext } from '../chat-context';
import { DryRunBox } from '../explainer/dry-run-box';
import { SkillCard } from './skill-card';

/** The skills of the bot: how each is doing, what it answers to, and what can be done with it. */
export function SkillsView(): React.JSX.Element {
  const { trans, actions } = useChatContext();
  const { skills, state } = useBotStatus();
  const [search, setSearch] = useState('');
  const shown = listSkills(skills, search, trans);
  return (
    <div className="jp-ChatOps-skills">
      <DryRunBox />
      <div className="jp-ChatOps-skillTools">
        <input
          type="search"
          className="jp-ChatOps-search"
          aria-label={trans.__('Search the skills')}
          placeholder={trans.__('Search the skills')}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <button
          type="button"
          className="jp-ChatOps-button"
          disabled={state !== 'connected'}
          title={trans.__('Load the skills again whose files were edited')}
          onClick={() => actions.reloadSkills()}
        >
          {trans.__('Reload all')}
        </button>
      </div>
      {shown.length === 0 ? (
        <p className="jp-ChatOps-noSkills">
          {skills.length === 0
            ? trans.__('No skills are known. They are listed here once the bot is there.')
            : trans.__('In no skill stands “%1”.', search)}
        </p>
      ) : (
        <ul className="jp-ChatOps-skillList" aria-label={trans.__('Skills')}>
          {shown.map(skill => (
            <SkillCard key={skill.name} skill={skill} />
          ))}
        </ul>
      )}
    </div>
  );
}
