/** The commands of this extension, for palette, menus, shortcuts and other extensions. */
export const commandIds = {
  /** Shows the chat panel and puts the cursor into its input. */
  openChat: 'chatops:open-chat',
  /** Gives the cursor back to the notebook or whatever else lies in the main area. */
  leaveChat: 'chatops:leave-chat',
  /** Lays the workshop's notebook beside the chat panel. */
  openWorkshop: 'chatops:open-workshop',
  /** Shows the skills in the panel. */
  showSkills: 'chatops:show-skills',
  /** Shows the workshop's steps. */
  showSteps: 'chatops:show-steps',
  /** Loads the skills again whose files were edited. */
  reloadSkills: 'chatops:reload-skills',
  /** Keeps a skill from answering, or lets it answer again. */
  holdSkill: 'chatops:hold-skill',
  /** Tries at once to reach the bot, and starts it if it was stopped. */
  connect: 'chatops:connect',
  /** Opens a file at a line. */
  openSource: 'chatops:open-source',
  /** Opens a skill where it was written: in its cell if that is open, or else in its file. */
  openSkill: 'chatops:open-skill',
  /** Puts code from the chat into a notebook. */
  insertCode: 'chatops:insert-code',
  /** Puts a skill cell that answers a text into a notebook. */
  makeSkillCell: 'chatops:make-skill-cell',
  /** Puts the active cell into the input of the chat. */
  sendCell: 'chatops:send-cell-to-chat',
  /** Runs the active cell as a skill. */
  runSkillCell: 'chatops:run-skill-cell',
  /** Compares a skill cell with the skill's file. */
  compareSkillCell: 'chatops:compare-skill-cell',
  /** Lays the chat on one side of the window or in its middle. */
  placeChat: 'chatops:place-chat',
  /** Saves the conversation as a file. */
  exportChat: 'chatops:export-conversation',
  /** Makes a skill test of the conversation. */
  makeTest: 'chatops:make-test'
} as const;
