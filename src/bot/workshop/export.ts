import path from 'node:path';
import type { ChatMessage } from '../../protocol';
import { writeFileAtomically } from '../config';
import type { ActionParts } from './actions';

/** Where the conversation of a workshop is written to. */
export const TRANSCRIPT = 'workshop-transcript.md';

/** Where the certificate is written to. */
export const CERTIFICATE = 'workshop-certificate.json';

/** Writes down what was said, and what was learned, for the learner to keep. */
export async function exportWorkshop({
  host,
  workshop,
  observations,
  learner,
  done
}: Omit<ActionParts, 'answer'>): Promise<void> {
  const messages = await observations.transcript();
  const { name } = learner();
  const finished = done();
  const file = (name: string): string => path.join(host.workspace, name);
  writeFileAtomically(file(TRANSCRIPT), transcriptText(messages));
  writeFileAtomically(
    file(CERTIFICATE),
    `${JSON.stringify(
      {
        workshop: workshop.id,
        title: workshop.title,
        learner: name,
        date: new Date().toISOString(),
        steps: workshop.steps.map(({ id }) => ({
          id,
          ...(finished[id] !== undefined && { done: new Date(finished[id]).toISOString() })
        })),
        skills: host.engine.registry.list().map(skill => skill.name),
        messages: messages.length
      },
      null,
      2
    )}\n`
  );
}

function transcriptText(messages: readonly ChatMessage[]): string {
  const lines = messages.map(({ user, text, time, room }) => {
    const said = text.split('\n').join('\n> ');
    return `**${user.name}** in ${room}, ${new Date(time).toISOString()}\n\n> ${said}\n`;
  });
  return ['# Transcript', ...lines].join('\n\n');
}
