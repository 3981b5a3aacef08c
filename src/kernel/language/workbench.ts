import path from 'node:path';
import type { OpenDocuments } from './open-documents';
import { globalsText, projectText, type TypeFolders } from './project';
import { VIRTUAL } from './session-model';
import type { VirtualText } from './virtual-text';

/** The virtual files in which cells are looked at. */
const CELLS = ['check', 'edit'].map(purpose => `${VIRTUAL}${purpose}.ts`);

const GLOBALS = `${VIRTUAL}globals.d.ts`;

/** A virtual module: its name without an extension, and its text. */
export interface VirtualModule {
  name: string;
  text: string;
}

/** The file in which a plain cell is looked at. */
export function cellFile(folder: string, purpose: 'check' | 'edit'): string {
  return path.join(folder, `${VIRTUAL}${purpose}.ts`);
}

/** Lays out for a server what it is to look at: the cells, what they know, and the project around them. */
export class Workbench {
  /** The skill whose cell was looked at last. */
  private skill: string | undefined;

  constructor(
    private readonly documents: OpenDocuments,
    private readonly folder: string,
    private readonly types: TypeFolders
  ) {}

  /** @param modules - the cells that ran. */
  show(virtual: VirtualText, modules: readonly VirtualModule[]): void {
    if (
      virtual.file === cellFile(this.folder, 'check') ||
      virtual.file === cellFile(this.folder, 'edit')
    ) {
      this.showSession(modules);
    } else {
      this.showSkill(virtual.file);
    }
    this.documents.set(virtual.file, virtual.text);
  }

  private showSession(modules: readonly VirtualModule[]): void {
    const files = new Map(
      modules.map(({ name, text }) => [path.join(this.folder, `${name}.ts`), text])
    );
    const isModule = new RegExp(`^${VIRTUAL}\\d+\\.ts$`);
    this.documents.close(file => isModule.test(path.basename(file)) && !files.has(file));
    for (const [file, text] of files) {
      this.documents.set(file, text);
    }
    this.documents.set(path.join(this.folder, GLOBALS), globalsText(this.types));
    CELLS.forEach(name => this.documents.add(path.join(this.folder, name)));
    this.showProject(this.folder);
  }

  private showSkill(file: string): void {
    const { skill } = this;
    if (skill !== undefined && skill !== file) {
      const project = configOf(path.dirname(skill));
      this.documents.close(
        other => other === skill || (other === project && project !== configOf(this.folder))
      );
    }
    this.skill = file;
    this.showProject(path.dirname(file));
  }

  private showProject(folder: string): void {
    const files = [
      ...(folder === this.folder ? [GLOBALS, ...CELLS] : []),
      ...(this.skill !== undefined && path.dirname(this.skill) === folder
        ? [path.basename(this.skill)]
        : [])
    ];
    this.documents.set(configOf(folder), projectText(folder, files, this.types));
  }
}

function configOf(folder: string): string {
  return path.join(folder, 'tsconfig.json');
}
