/** What the words of a view are in another language: by the English ones, with both numbers where they count. */
export type Catalogue = Readonly<Record<string, string | readonly [one: string, more: string]>>;
