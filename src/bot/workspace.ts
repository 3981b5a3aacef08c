import { realpathSync } from 'node:fs';
import path from 'node:path';
import { MemoryJournal, type Journal } from '../engine';
import { chatOpsError, type ErrorRecord } from '../protocol';
import { FileJournal } from './journal';
import { STATE_FOLDER } from './logging';
import { fileReason } from './file-reason';

/**
 * A bot's folder by its one true name, so that two bots cannot meet in it unawares.
 *
 * @throws ChatOpsError `CHATOPS_WORKSPACE`.
 */
export function realWorkspace(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    throw chatOpsError(
      'CHATOPS_WORKSPACE',
      { path: folder, reason: fileReason(error) },
      { cause: error }
    );
  }
}

/**
 * The journal of a workspace; one that ends with the process where none can be written.
 *
 * @param onTrouble - told why.
 */
export async function openJournal(
  workspace: string,
  onTrouble: (error: ErrorRecord) => void
): Promise<Journal> {
  try {
    return await FileJournal.open(path.join(workspace, STATE_FOLDER, 'journal'), { onTrouble });
  } catch (error) {
    onTrouble(
      chatOpsError('CHATOPS_JOURNAL', { reason: fileReason(error) }, { cause: error }).record
    );
    return new MemoryJournal(10_000);
  }
}
