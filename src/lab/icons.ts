import { LabIcon } from '@jupyterlab/ui-components';

/** A speech bubble with a prompt in it: a conversation that does work. */
export const chatIcon = new LabIcon({
  name: 'jupyterlab-chatops:chat',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 24 24">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" d="M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-8.6L6.7 21.7A1 1 0 0 1 5 21v-3H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Zm2.9 3.7-1.3 1.4 2.9 2.6-2.9 2.6 1.3 1.4 4.4-4Zm5.6 6.1v1.8h5.6v-1.8Z"/>
</svg>`
});

/** Sends what was written. */
export const sendIcon = new LabIcon({
  name: 'jupyterlab-chatops:send',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 24 24">
  <path class="jp-icon3" fill="#616161" d="M3.4 20.4 21 12 3.4 3.6 3.4 10.1 14 12 3.4 13.9Z"/>
</svg>`
});

/** Points down, to the newest message. */
export const newestIcon = new LabIcon({
  name: 'jupyterlab-chatops:newest',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="14" height="14" viewBox="0 0 24 24">
  <path class="jp-icon3" fill="#616161" d="M11 4h2v11.2l4.6-4.6L19 12l-7 7-7-7 1.4-1.4 4.6 4.6Z"/>
</svg>`
});

/** A small arrow that turns when what it belongs to is open. */
export const openIcon = new LabIcon({
  name: 'jupyterlab-chatops:open',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 24 24">
  <path class="jp-icon3" fill="#616161" d="M8 5l8 7-8 7Z"/>
</svg>`
});

/** A list with its first lines ticked: the steps of a workshop. */
export const stepsIcon = new LabIcon({
  name: 'jupyterlab-chatops:steps',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 24 24">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" d="M4.6 8.7 2 6.1l1.3-1.3 1.3 1.3L7.9 2.8 9.2 4.1Zm0 7L2 13.1l1.3-1.3 1.3 1.3 3.3-3.3 1.3 1.3ZM11 5h11v2H11Zm0 7h11v2H11Zm0 7h11v2H11ZM3 18h4v4H3Z"/>
</svg>`
});

/** A sheet with a tick: a test that was written down. */
export const testIcon = new LabIcon({
  name: 'jupyterlab-chatops:test',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 24 24">
  <path class="jp-icon3" fill="#616161" d="M5 3h14v18H5Zm2 2v14h10V5Zm4.100 11.300-3.200-3.200 1.400-1.400 1.800 1.800 4.100-4.200 1.400 1.400Z"/>
</svg>`
});
