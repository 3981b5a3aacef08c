import { useState } from 'react';
import { toErrorRecord, type ErrorRecord } from '../../protocol';
import { addAttachments, type Attachment } from '../chat/attachment';
import { useChatContext } from './chat-context';
import { readFiles } from './read-files';

/** The files that go with the message that is being written. */
export interface OpenAttachments {
  readonly list: readonly Attachment[];
  /** Why the last one was not taken. */
  readonly error: ErrorRecord | undefined;
  /** Adds files of the computer. */
  addFiles(files: readonly File[]): void;
  /** Adds files of JupyterLab, by their paths. */
  addPaths(paths: readonly string[]): void;
  remove(attachment: Attachment): void;
  setError(error: ErrorRecord | undefined): void;
  clear(): void;
}

/** Gathers files for the message that is being written. */
export function useAttachments(): OpenAttachments {
  const { actions } = useChatContext();
  const [list, setList] = useState<readonly Attachment[]>([]);
  const [error, setError] = useState<ErrorRecord>();

  const add = (reading: Promise<Attachment[]>): void => {
    setError(undefined);
    reading.then(
      more =>
        setList(present => {
          try {
            return addAttachments(present, more);
          } catch (reason) {
            setError(toErrorRecord(reason));
            return present;
          }
        }),
      (reason: unknown) => setError(toErrorRecord(reason))
    );
  };

  return {
    list,
    error,
    addFiles: files => add(readFiles(files)),
    addPaths: paths => add(Promise.all(paths.map(path => actions.readFile(path)))),
    remove: attachment => setList(present => present.filter(other => other !== attachment)),
    setError,
    clear: () => {
      setList([]);
      setError(undefined);
    }
  };
}
