import { createSign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import type { Clock } from '../../engine';
import { resolveFrom, type Variables } from '../config';
import { askService } from './service-call';

/** Where Google hands out tokens. */
const TOKEN_URI = 'https://oauth2.googleapis.com/token';

/** Where a machine of Google Cloud asks for the token of its own account. */
const METADATA_URL =
  'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token';

/** How long a token is asked for, in seconds; Google gives no longer ones. */
const LIFETIME = 3600;

/** A token is renewed this long before its end, in milliseconds. */
const MARGIN = 60_000;

const serviceAccount = z.object({
  type: z.literal('service_account'),
  client_email: z.string(),
  private_key: z.string(),
  private_key_id: z.string().optional(),
  token_uri: z.url().default(TOKEN_URI)
});

const authorizedUser = z.object({
  type: z.literal('authorized_user'),
  client_id: z.string(),
  client_secret: z.string(),
  refresh_token: z.string(),
  quota_project_id: z.string().optional(),
  token_uri: z.url().default(TOKEN_URI)
});

const keyFile = z.discriminatedUnion('type', [serviceAccount, authorizedUser]);

const grant = z.object({ access_token: z.string(), expires_in: z.number() });

/** Where to look for credentials. */
export interface CredentialPlaces {
  /** The `key-file` of the configuration. */
  file: string | undefined;
  /** The folder that relative paths start from. */
  folder: string;
  environment: Variables;
  clock: Pick<Clock, 'now'>;
  scope: string;
}

/**
 * Google's access tokens, from where Google's own libraries take them too: the key of a service
 * account, what `gcloud auth application-default login` left, or the account of the machine.
 *
 * @see https://developers.google.com/identity/protocols/oauth2/service-account
 */
export class GoogleCredentials {
  private token: { headers: Record<string, string>; expires: number } | undefined;

  constructor(private readonly places: CredentialPlaces) {}

  /**
   * The headers that let a request in.
   *
   * @throws Error without a secret in its words, when there are no credentials or they are not taken.
   */
  async headers(signal: AbortSignal): Promise<Record<string, string>> {
    const { clock } = this.places;
    if (!this.token || clock.now() > this.token.expires - MARGIN) {
      const { granted, more } = await this.fetchToken(signal);
      this.token = {
        headers: { authorization: `Bearer ${granted.access_token}`, ...more },
        expires: clock.now() + granted.expires_in * 1000
      };
    }
    return this.token.headers;
  }

  private async fetchToken(
    signal: AbortSignal
  ): Promise<{ granted: z.infer<typeof grant>; more?: Record<string, string> }> {
    const file = this.findFile();
    if (file === undefined) {
      const metadata = { 'metadata-flavor': 'Google' };
      const call = { method: 'GET' as const, url: METADATA_URL, headers: metadata, signal };
      return {
        granted: await askService(call, grant).catch(error => {
          throw new Error(
            'there are no Google credentials: set `key-file`, or GOOGLE_APPLICATION_CREDENTIALS',
            { cause: error }
          );
        })
      };
    }
    const key = readKey(file);
    const parameters: Record<string, string> =
      key.type === 'service_account'
        ? {
            grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
            assertion: this.sign(key)
          }
        : {
            grant_type: 'refresh_token',
            client_id: key.client_id,
            client_secret: key.client_secret,
            refresh_token: key.refresh_token
          };
    const call = {
      url: key.token_uri,
      body: new URLSearchParams(parameters),
      signal,
      secrets: Object.values(parameters)
    };
    const project = key.type === 'authorized_user' ? key.quota_project_id : undefined;
    return {
      granted: await askService(call, grant),
      ...(project !== undefined && { more: { 'x-goog-user-project': project } })
    };
  }

  private findFile(): string | undefined {
    const { file, folder, environment } = this.places;
    const named = file ?? environment.GOOGLE_APPLICATION_CREDENTIALS;
    if (named) {
      return resolveFrom(folder, named);
    }
    const gcloud = path.join(
      environment.CLOUDSDK_CONFIG ?? path.join(environment.HOME ?? homedir(), '.config/gcloud'),
      'application_default_credentials.json'
    );
    return existsSync(gcloud) ? gcloud : undefined;
  }

  private sign({
    client_email,
    private_key,
    private_key_id,
    token_uri
  }: z.infer<typeof serviceAccount>): string {
    const issued = Math.floor(this.places.clock.now() / 1000);
    const header = { alg: 'RS256', typ: 'JWT', ...(private_key_id && { kid: private_key_id }) };
    const claims = {
      iss: client_email,
      scope: this.places.scope,
      aud: token_uri,
      iat: issued,
      exp: issued + LIFETIME
    };
    const signed = [header, claims]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    try {
      const signature = createSign('RSA-SHA256').update(signed).sign(private_key, 'base64url');
      return `${signed}.${signature}`;
    } catch {
      // The library's own words may quote the key.
      throw new Error('the private key in the key file cannot be used');
    }
  }
}

function readKey(file: string): z.infer<typeof keyFile> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`the key file cannot be read (${(error as NodeJS.ErrnoException).code})`, {
      cause: error
    });
  }
  try {
    return keyFile.parse(JSON.parse(text));
  } catch {
    // A parser's words quote what it read.
    throw new Error('the key file is neither that of a service account nor one of `gcloud`');
  }
}
