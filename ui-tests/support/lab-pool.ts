import { JupyterLab } from './jupyter-lab';

/** Starts JupyterLabs before they are needed, and ends them while the next test goes on. */
export class LabPool {
  private spare: Promise<JupyterLab> | undefined;
  private readonly ending = new Set<Promise<void>>();

  /** Starts the next one. */
  prepare(): void {
    this.spare ??= started();
    // Whoever takes it is told.
    this.spare.catch(() => undefined);
  }

  /** One that nobody has used, which must be given back. */
  async take(): Promise<JupyterLab> {
    const lab = this.spare ?? started();
    this.spare = undefined;
    return lab;
  }

  /** Ends one that is no longer needed. Nobody needs to wait for it. */
  giveBack(lab: JupyterLab): Promise<void> {
    const ending = lab.stop().finally(() => this.ending.delete(ending));
    this.ending.add(ending);
    return ending;
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    const spare = await this.spare?.catch(() => undefined);
    await spare?.stop();
    await Promise.all(this.ending);
  }
}

async function started(): Promise<JupyterLab> {
  const lab = new JupyterLab();
  try {
    await lab.start();
    return lab;
  } catch (error) {
    await lab.stop();
    throw error;
  }
}
