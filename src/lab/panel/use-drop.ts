import type { MimeData } from '@lumino/coreutils';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { DraggedCell } from '../chat/cell-text';

/** What JupyterLab says of cells and of files in its file browser while they are dragged. */
const CELLS = 'application/vnd.jupyter.cells';
const PATHS = 'application/x-jupyter-icontents';

/** Told of what was dropped. */
export interface DropHandlers {
  /** Files of the computer. */
  onFiles(files: File[]): void;
  /** Files of JupyterLab, by their paths. */
  onPaths(paths: string[]): void;
  onCells(cells: DraggedCell[]): void;
}

/** The part of lumino's drag events that is used here. */
interface LuminoDrag extends Event {
  readonly mimeData: MimeData;
  readonly proposedAction: string;
  dropAction: string;
}

/**
 * Takes what is dragged onto the panel around an element: from the computer by the browser's own
 * events, from within JupyterLab by lumino's.
 *
 * @returns whether something that could be dropped is over the panel.
 */
export function useDrop(within: RefObject<HTMLElement>, handlers: DropHandlers): boolean {
  const [isOver, setOver] = useState(false);
  const current = useRef(handlers);
  useEffect(() => {
    current.current = handlers;
  });

  useEffect(() => {
    const panel = within.current!.closest<HTMLElement>('.jp-ChatOps')!;
    const stop = new AbortController();
    const listen = (type: string, listener: (event: never) => void): void =>
      panel.addEventListener(type, listener as EventListener, { signal: stop.signal });

    const overNative = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files')) {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      }
    };
    const leaveNative = ({ relatedTarget }: DragEvent): void => {
      if (!panel.contains(relatedTarget as Node | null)) {
        setOver(false);
      }
    };
    const dropNative = (event: DragEvent): void => {
      const files = [...(event.dataTransfer?.files ?? [])];
      setOver(false);
      if (files.length > 0) {
        event.preventDefault();
        current.current.onFiles(files);
      }
    };
    const overLumino = (event: LuminoDrag): void => {
      if (event.mimeData.hasData(CELLS) || event.mimeData.hasData(PATHS)) {
        event.preventDefault();
        event.stopPropagation();
        event.dropAction = event.proposedAction;
        setOver(true);
      }
    };
    const leaveLumino = (event: LuminoDrag): void => {
      event.preventDefault();
      event.stopPropagation();
      setOver(false);
    };
    const dropLumino = (event: LuminoDrag): void => {
      overLumino(event);
      setOver(false);
      if (event.mimeData.hasData(CELLS)) {
        current.current.onCells(event.mimeData.getData(CELLS) as DraggedCell[]);
      } else if (event.mimeData.hasData(PATHS)) {
        current.current.onPaths(event.mimeData.getData(PATHS) as string[]);
      }
    };

    listen('dragenter', overNative);
    listen('dragover', overNative);
    listen('dragleave', leaveNative);
    listen('drop', dropNative);
    listen('lm-dragenter', overLumino);
    listen('lm-dragover', overLumino);
    listen('lm-dragleave', leaveLumino);
    listen('lm-drop', dropLumino);
    return () => stop.abort();
  }, [within]);
  return isOver;
}
