/** Describes a command that takes no arguments, as JSON schema. */
export const noArguments = { type: 'object', properties: {} } as const;
