/** What a character is to the reader of messages. One bit each. */
export const letter = 1;
export const digit = 2;
/** Belongs to a word and says nothing of it. */
export const joint = 4;
/** Belongs to a word that may be an address, a path or a host. */
export const telling = 8;
export const space = 16;

const classes = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z]/.test(char)) classes[code] = letter;
  else if (/\d/.test(char)) classes[code] = digit;
  else if (/\s/.test(char)) classes[code] = space;
  else if ("_-+%$&*~#^".includes(char)) classes[code] = joint;
  else if (".:/\\@".includes(char)) classes[code] = telling;
}

/** 0 for what stands between words; letters outside ASCII too, so that no sentence of another script is one word. */
export function classOf(code: number): number {
  if (code < 128) return classes[code] as number;
  if (code === 0xb5 || code === 0x3bc) return letter;
  const isSpace = code === 0xa0 || code === 0x3000 || code === 0xfeff || (code >= 0x2000 && code <= 0x200a);
  return isSpace || code === 0x2028 || code === 0x2029 || code === 0x202f ? space : 0;
}

export const isWordCharacter = (code: number) => (classOf(code) & (letter | digit)) !== 0;
export const isEndMark = (code: number) => code === 0x2e || code === 0x3a;
/** White space, quotes, `<`, `>` and `)` end a URL. */
export const isPlaceEnd = (code: number) =>
  classOf(code) === space ||
  code === 0x22 ||
  code === 0x27 ||
  code === 0x3c ||
  code === 0x3e ||
  code === 0x29;
