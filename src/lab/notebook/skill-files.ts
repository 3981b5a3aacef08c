import type { Contents } from '@jupyterlab/services';
import { Signal, type ISignal } from '@lumino/signaling';
import type { SkillRecord } from '../../protocol';
import type { BotStatus } from '../bot-link/bot-status';

/** What is known of one file. */
interface KnownFile {
  /** Of the version of the skill that it was read for. */
  stamp: string;
  text: string | undefined;
}

/** The files of skills as they stand in the workspace, read anew when something may have changed them. */
export class SkillFiles {
  private readonly changedSignal = new Signal<this, void>(this);
  private readonly known = new Map<string, KnownFile>();

  constructor(private readonly contents: Contents.IManager) {
    contents.fileChanged.connect(this.onFileChanged, this);
  }

  /** Another text is known of some file. */
  get changed(): ISignal<this, void> {
    return this.changedSignal;
  }

  /** What stands in the file of a skill; undefined until it was read, and where it cannot be. */
  textOf(record: SkillRecord | undefined): string | undefined {
    const file = record?.source.file;
    if (!record || file === undefined || !isInWorkspace(file)) {
      return undefined;
    }
    const stamp = stampOf(record);
    const known = this.known.get(file);
    if (known?.stamp === stamp) {
      return known.text;
    }
    void this.read(file, stamp);
    return known?.text;
  }

  /** Reads everything again: a file may have been edited where nobody tells of it. */
  refresh(): void {
    for (const [file, { stamp }] of this.known) {
      void this.read(file, stamp);
    }
  }

  dispose(): void {
    this.contents.fileChanged.disconnect(this.onFileChanged, this);
    Signal.clearData(this);
  }

  private onFileChanged(_: unknown, { newValue }: Contents.IChangedArgs): void {
    const known = this.known.get(newValue?.path ?? '');
    if (known) {
      void this.read(newValue!.path!, known.stamp);
    }
  }

  private async read(file: string, stamp: string): Promise<void> {
    const before = this.known.get(file);
    const entry: KnownFile = { stamp, text: before?.text };
    this.known.set(file, entry);
    let text: string | undefined;
    try {
      const model = await this.contents.get(file, { type: 'file', format: 'text', content: true });
      text = String(model.content);
    } catch {
      text = undefined;
    }
    // An answer that was overtaken says nothing.
    if (this.known.get(file) === entry && (text !== entry.text || before?.stamp !== stamp)) {
      entry.text = text;
      this.changedSignal.emit();
    }
  }
}

/** Changes whenever the bot has loaded, or tried to load, another version. */
function stampOf({ version, loadedAt = 0, error }: SkillRecord): string {
  return JSON.stringify([version, loadedAt, error?.message ?? '', error?.excerpt ?? '']);
}

/** Whether a file is one of the workspace that holds nothing but the skill. */
function isInWorkspace(file: string): boolean {
  return !/^(?:[/\\]|[A-Za-z]:|\.\.|cell$|<)|\.ipynb$/.test(file);
}

/** The skill of a name, as the bot knows it. */
export function skillOf({ skills }: BotStatus, name: string): SkillRecord | undefined {
  return skills.find(skill => skill.name === name);
}
