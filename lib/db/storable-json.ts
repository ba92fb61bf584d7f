/**
 * A value as JSON that PostgreSQL takes. No column holds NUL or half a surrogate pair; words of other systems are freed of
 * them where they come in, and this is the last net: one of them must not keep a whole batch from being written.
 */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value).replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, "$1\ufffd");
