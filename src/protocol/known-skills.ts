import type { ServerFrame } from './server-frame';
import type { SkillRecord } from './skill-record';

/** The list of skills as a client knows it, kept from what the bot tells. */
export class KnownSkills {
  private byName: ReadonlyMap<string, SkillRecord> = new Map();

  /** Takes in what a frame says about skills. Where it says only what changed, it is made whole. */
  complete(frame: ServerFrame): ServerFrame {
    switch (frame.type) {
      case 'ready':
      case 'skills':
        this.byName = new Map(frame.skills.map(skill => [skill.name, skill]));
        return frame;
      case 'skills.changed': {
        const { generation, cause, changes } = frame;
        const known = new Map(this.byName);
        frame.removed.forEach(name => known.delete(name));
        frame.skills.forEach(skill => known.set(skill.name, skill));
        this.byName = known;
        return { type: 'skills', generation, cause, changes, skills: [...known.values()] };
      }
      default:
        return frame;
    }
  }
}
