/** The commands of this extension, for palette, menus, shortcuts and other extensions. */
export const commandIds = {
  /** Shows the chat panel and puts the cursor into its input. */
  openChat: 'chatops:open-chat',
  /** Gives the cursor back to the notebook or whatever else lies in the main area. */
  leaveChat: 'chatops:leave-chat',
  /** Lays the workshop's notebook beside the chat panel. */
  openWorkshop: 'chatops:open-workshop',
  /** Shows the workshop's steps. */
  showSteps: 'chatops:show-steps',
  /** Loads the skills again whose files were edited. */
  reloadSkills: 'chatops:reload-skills',
  /** Tries at once to reach the bot, and starts it if it was stopped. */
  connect: 'chatops:connect',
  /** Opens a file at a line. */
  openSource: 'chatops:open-source'
} as const;
