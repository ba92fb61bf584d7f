/** The words by which a message tells what stands beside them. One list for every system: nothing here names a product's logs. */

/** Units that may follow a number, with or without a space; they vary with its size (`350ms`, `1.2 s`, `5.4 KB`). */
export const units: ReadonlySet<string> = new Set(
  (
    "ns us µs ms s sec secs second seconds m min mins minute minutes h hr hrs hour hours d day days w week weeks " +
    "nanosecond nanoseconds microsecond microseconds millisecond milliseconds millis micros nanos " +
    "b kb mb gb tb pb kib mib gib tib byte bytes kbytes mbytes gbytes kilobytes megabytes gigabytes bit bits " +
    "k g t hz khz mhz ghz bps kbps mbps gbps % percent"
  ).split(" "),
);

export const months: ReadonlySet<string> = new Set(
  (
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec January February March April June July August September " +
    "October November December"
  ).split(" "),
);
export const weekdays: ReadonlySet<string> = new Set(
  "Mon Tue Wed Thu Fri Sat Sun Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" "),
);
/** What may follow a time and belongs to it. */
export const timeZones: ReadonlySet<string> = new Set(
  "Z UTC GMT AM PM am pm a.m p.m EST EDT CST CDT MST MDT PST PDT CET CEST BST IST JST MSK AEST AEDT".split(
    " ",
  ),
);

/** Keys whose value names who or what was concerned this time; a word there is a value, not a part of the message. */
const namingKeys: ReadonlySet<string> = new Set(
  (
    "user username login logname account owner uid gid ruser rhost host hostname client peer server node pod container " +
    "instance device customer tenant email mail session token cookie key sid pid tid ip addr address src dst " +
    "source_ip remote_addr file filename path dir directory cwd url uri"
  ).split(" "),
);

/** Does `key=word` name who or what it was this time? Also every key that ends in `id`: `run_id`, `orderId`, `request-id`. */
export function isNamingKey(key: string): boolean {
  return namingKeys.has(key.toLowerCase()) || /(?:[a-z]I[dD]|[_-]id|^id|^ID|[_-]ID)$/.test(key);
}

const sayingKeys: ReadonlySet<string> = new Set(
  "msg message err error errors reason cause detail details description exception title status state level with said".split(
    " ",
  ),
);

/** Does what is quoted after this word say what failed, so that its words stay? */
export const isSayingKey = (key: string): boolean => sayingKeys.has(key.toLowerCase());

/** Words before a quoted name of who it was. */
export const beforeQuotedName: ReadonlySet<string> = new Set(
  "user username login account customer tenant host client owner".split(" "),
);
/** Words that stand between `user` and something that is no name. */
export const notNames: ReadonlySet<string> = new Set(
  "unknown not is was has does can could cannot must id ids name input agent error and or who to from for by with on".split(
    " ",
  ),
);
/** `for user root`, `invalid user admin`: what may stand before `user` where a name follows. */
export const beforeUser: ReadonlySet<string> = new Set("for invalid of as unknown by illegal to".split(" "));

const codeWords: ReadonlySet<string> = new Set(
  (
    "errno sqlstate signal hresult ntstatus winerror exitcode errorcode returncode sqlcode " +
    "error_code exit_code return_code"
  ).split(" "),
);
/** Codes of other things than failures. */
const beforeOtherCode: ReadonlySet<string> = new Set(
  "message postal zip area country product promo coupon discount bar qr source type store order access invite otp".split(
    " ",
  ),
);
const statusWords: ReadonlySet<string> = new Set(
  "http status status_code statuscode httpstatus responsecode response_code code".split(" "),
);
const methods: ReadonlySet<string> = new Set("get post put patch delete head options".split(" "));
/** A status may follow these, but so may any number of things: it is one where nothing is counted after it. */
const answerWords: ReadonlySet<string> = new Set(
  "responded returned answered response got received with".split(" "),
);

/** The words before a word, lower case, empty where a sentence or a list ended in between; and whether a word follows it. */
export type Surroundings = { previous: string; earlier: string; isFollowed: boolean };

/**
 * Is this number what the failure is, by the words around it? Exit codes, signals, errnos, SQLSTATEs and error numbers are, and
 * HTTP statuses of failure; they stay.
 */
export function isFailureCode(number: string, { previous, earlier, isFollowed }: Surroundings): boolean {
  if (number.length > 10) return false;
  // `GET /orders 503`: the path has been replaced.
  if (previous === "") return methods.has(earlier) && /^[45]\d\d$/.test(number);
  if (codeWords.has(previous)) return true;
  if (previous === "code") return !beforeOtherCode.has(earlier) && /^-?(?:\d{1,3}|[0-9A-Z]{5})$/.test(number);
  if (previous === "status" && (earlier === "exit" || earlier === "exited")) return true;
  if (previous === "error" || previous === "err")
    return /^-?\d{3,5}$/.test(number) || /^0x[8cC]/.test(number);
  if (!statusWords.has(previous) && (isFollowed || !answerWords.has(previous))) return false;
  return /^[45]\d\d$/.test(number);
}

const codePrefixes: ReadonlySet<string> = new Set(
  (
    "E ORA PLS TNS RMAN SP CVE CWE GHSA RFC ISO TS CS MSB LNK NU NETSDK CA ERR SQL IDE BC FS EF PGRST JDBC MY " +
    "KB AADSTS DFHAC IEF IGZ CEE AMQ WSVR SRVE HHH JBAS WFLYCTL WFLYSRV DB DPI CRS OCI STOP MSG"
  ).split(" "),
);
const sayingError: ReadonlySet<string> = new Set(
  "error warning fatal code err exception rule diagnostic hint".split(" "),
);

/** `ORA-00942`, `E1234`, `TS2322`: letters of a known kind, or right after a word that says so, and three to five digits. */
export function isErrorCode(word: string, previous: string): boolean {
  const code = /^([A-Z]{1,8})[-_]?\d{3,5}(?:-\d{2,6})?$|^(KB|AADSTS|SQL)\d{4,8}[A-Z]?$/.exec(word);
  if (code === null) return false;
  return code[2] !== undefined || codePrefixes.has(code[1] ?? "") || sayingError.has(previous);
}

/** Endings of names that are hosts. Left out: those that are as often an ending of files or of identifiers (`id`, `py`, `sh`). */
export const hostEndings: ReadonlySet<string> = new Set(
  (
    "com net org edu gov mil internal local localdomain lan corp intranet example test invalid cloud dev info biz " +
    "io co eu de uk fr nl jp cn ru br au ca ch se it es kr hk tw pl cz dk fi ie nz za mx ar tr ua gr hu"
  ).split(" "),
);
/** Endings that are as often a property (`log.info`): a host only with three labels, or with a digit or dash in the first. */
export const doubtfulHostEndings: ReadonlySet<string> = new Set(
  "internal local test example invalid cloud dev info io co".split(" "),
);
/** Words of the letters a to f alone; any other such piece of a name is taken for a hexadecimal id. */
export const wordsOfHexLetters: ReadonlySet<string> = new Set(
  "added dead deed feed face fade faded cafe deaf bead beef decade facade faced ceded cede dada abba abed".split(
    " ",
  ),
);
/** First words of reversed host names: packages, not hosts. */
export const packageStarts: ReadonlySet<string> = new Set(
  "com net org edu gov io de uk fr nl jp cn ru br java javax jdk sun system microsoft mapred mapreduce".split(
    " ",
  ),
);
