/** The configuration that a workspace begins with. */
export const defaultConfiguration = `# The configuration of this bot. Save the file and it is in force.
# Every key is explained in docs/configuration.md; \`chatops config lint\` checks the file.

## How much is written to the log, and where to
logging:
  level: info
  path: .chatops/chatops.log
  console: false

## Where the bot listens. The chat panel in JupyterLab is always there.
connectors:
  ## The terminal: run \`chatops start\`
  - name: shell

## What the bot can do
skills:
  ## reload, help, help skills, clear, quit
  - name: devtools

  ## A skill of your own is a file or folder with TypeScript in it:
  # - name: hello
  #   path: skills/hello
`;
