import type { Capture, RoleGrant, User } from '../../protocol';

/** Which people hold which roles: names of roles with the stable ids of people. */
export type RoleMembers = Readonly<Record<string, readonly string[]>>;

/** Who asks, and by which connector. */
export interface Asker {
  user: User;
  connector: string;
}

/** Asks a function of the skill whether a role may; anything but `true` is a no. */
export type RoleQuestion = (role: string) => Promise<unknown>;

/**
 * Who may do what.
 *
 * A person holds a role when it lists their id, as in `alice@example.org`, or connector and id, as in
 * `slack:U024BE7LH`. Ids of connectors that do not know who their people are count only in the
 * second form: whoever configures it has decided to believe them.
 */
export class Roles {
  private members: RoleMembers = {};

  /** @param isTrusted - whether a connector knows who its people are. */
  constructor(private readonly isTrusted: (connector: string) => boolean) {}

  configure(members: RoleMembers): void {
    this.members = members;
  }

  /** The names of all roles. */
  get names(): string[] {
    return Object.keys(this.members);
  }

  holds(role: string, { user, connector }: Asker): boolean {
    const members = Object.hasOwn(this.members, role) ? this.members[role]! : [];
    const isNamed = members.includes(`${connector}:${user.id}`);
    return isNamed || (this.isTrusted(connector) && members.includes(user.id));
  }

  /** The roles someone holds. */
  of(asker: Asker): string[] {
    return this.names.filter(role => this.holds(role, asker));
  }

  /** True when someone holds any of the roles that a matcher asks for, whatever the arguments will be. */
  mayTry(grants: readonly RoleGrant[] | undefined, asker: Asker): boolean {
    return grants === undefined || grants.some(({ role }) => this.holds(role, asker));
  }

  /**
   * Why someone may not use a matcher with these arguments, or nothing when they may. Whatever goes
   * wrong on the way is a no.
   */
  async refusal(
    grants: readonly RoleGrant[] | undefined,
    asker: Asker,
    captures: readonly Capture[],
    ask: RoleQuestion
  ): Promise<string | undefined> {
    if (grants === undefined) {
      return undefined;
    }
    const held = grants.filter(({ role }) => this.holds(role, asker));
    if (held.length === 0) {
      return `it takes the role ${grants.map(({ role }) => role).join(' or ')}`;
    }
    const reasons: string[] = [];
    for (const grant of held) {
      const reason = conditionAgainst(grant, captures) ?? (await answerAgainst(grant, ask));
      if (reason === undefined) {
        return undefined;
      }
      reasons.push(`as ${grant.role}, ${reason}`);
    }
    return reasons.join('; ');
  }
}

function conditionAgainst(
  { when = {} }: RoleGrant,
  captures: readonly Capture[]
): string | undefined {
  for (const [name, allowed] of Object.entries(when)) {
    // Each place of `findall` must be allowed, and at least one must be there.
    const values = captures.filter(capture => capture.name === name).map(({ value }) => value);
    if (values.length === 0 || !values.every(value => value !== null && allowed.includes(value))) {
      return `${name} must be ${allowed.join(' or ')}`;
    }
  }
  return undefined;
}

async function answerAgainst(
  { asks, role }: RoleGrant,
  ask: RoleQuestion
): Promise<string | undefined> {
  if (!asks) {
    return undefined;
  }
  try {
    return (await ask(role)) === true ? undefined : 'not with these arguments';
  } catch {
    return 'the check itself failed';
  }
}
