/**
 * What an exception's own message says about the code, in the words of eight languages' runtimes. A rule of this table
 * names a class of failure and the name the message speaks of; it says nothing about why.
 */
export type ExceptionClass =
  | "missing_key"
  | "null_reference"
  | "missing_member"
  | "undefined_name"
  | "not_callable"
  | "out_of_range"
  | "missing_module"
  | "wrong_arguments"
  | "wrong_type"
  | "bad_value"
  /** A result was taken for a success and is an error (Rust's `unwrap`). */
  | "unhandled_error"
  | "division_by_zero"
  | "missing_file"
  | "missing_column"
  | "unreachable_service"
  | "timeout"
  /** The message is none of a runtime's: the code, or a library, wrote it. */
  | "own_message";

export type MessageRule = { class: ExceptionClass; type?: RegExp; message: RegExp };

const name = String.raw`(?<subject>[\p{L}_$@][\p{L}\p{N}_$?!.:@-]{0,119})`;
const quote = String.raw`['"\x60\u2018\u2019\u201c\u201d]`;
const anything = String.raw`(?<subject>[^'"\x60\n]{1,120})`;
const rule = (of: ExceptionClass, message: string, type?: RegExp): MessageRule => ({
  class: of,
  message: new RegExp(message, "u"),
  ...(type ? { type } : {}),
});

/** First that fits. Every pattern is read over at most 500 characters. */
export const messageRules: readonly MessageRule[] = [
  // Python
  rule("missing_key", `^${quote}${anything}${quote}$`, /(?:^|\.)KeyError$/),
  rule("missing_key", String.raw`^(?<subject>-?\d{1,18})$`, /(?:^|\.)KeyError$/),
  rule("missing_module", `^No module named ${quote}?${anything}${quote}?$`),
  rule("missing_module", `^cannot import name ${quote}${anything}${quote} from`),
  rule("null_reference", `^${quote}NoneType${quote} object has no attribute ${quote}${anything}${quote}`),
  rule("null_reference", `^${quote}NoneType${quote} object (?:is not|does not|cannot)`),
  rule(
    "null_reference",
    "^object of type 'NoneType' has no len|^cannot unpack non-iterable NoneType|^(?:max|min)\\(\\) .{0,30}empty",
  ),
  rule(
    "missing_member",
    `^(?:module |type object )?${quote}(?<receiver>[^'"\\x60\\n]{1,120})${quote}(?: object)? has no attribute ${quote}${anything}${quote}`,
  ),
  rule("undefined_name", `^name ${quote}${anything}${quote} is not defined`),
  rule("undefined_name", `^(?:cannot access )?local variable ${quote}${anything}${quote}`),
  rule(
    "out_of_range",
    "^(?:list|tuple|string|bytearray|range object|array|pop)(?: assignment)? index out of range",
  ),
  rule("wrong_arguments", String.raw`^${name}\(\) (?:missing|got an unexpected|got multiple|takes)`),
  rule(
    "wrong_type",
    "^unsupported operand type|^can only concatenate|^must be \\w+, not|object is not (?:subscriptable|iterable|callable)",
  ),
  rule(
    "bad_value",
    String.raw`^(?:invalid literal for (?<subject>\w{1,40})\(\)|could not convert string to float)`,
  ),
  rule("bad_value", "^(?:not enough|too many) values to unpack"),
  // JavaScript
  rule(
    "null_reference",
    `^Cannot (?:read|set) propert(?:y|ies) of (?<receiver>undefined|null) \\((?:reading|setting) ${quote}${anything}${quote}\\)`,
  ),
  rule(
    "null_reference",
    `^Cannot (?:read|set) property ${quote}${anything}${quote} of (?<receiver>undefined|null)`,
  ),
  rule("null_reference", `^Cannot destructure property ${quote}${anything}${quote} of`),
  rule(
    "null_reference",
    `^can't access property ${quote}${anything}${quote}, (?<receiver>[\\w$.]{1,80}) is (?:undefined|null)`,
  ),
  rule(
    "null_reference",
    String.raw`^(?:undefined|null) is not an object \(evaluating '(?<receiver>[\w$.[\]]{0,100}?)\.?(?<subject>[\w$]{1,80})'\)`,
  ),
  rule("null_reference", "^(?:undefined|null) is not iterable|^object null is not iterable"),
  rule("null_reference", String.raw`^Cannot convert undefined or null to object`),
  rule("undefined_name", String.raw`^(?<subject>[\p{L}_$][\p{L}\p{N}_$]{0,119}) is not defined$`),
  rule("undefined_name", `^Cannot access ${quote}${anything}${quote} before initialization`),
  rule("missing_module", `^Cannot find (?:module|package) ${quote}${anything}${quote}`),
  rule(
    "missing_member",
    `^The requested module ${quote}(?<receiver>[^'"\\n]{1,120})${quote} does not provide an export named ${quote}${anything}${quote}`,
  ),
  rule(
    "not_callable",
    String.raw`^(?:\(intermediate value\)\.)?(?:[\p{L}\p{N}_$().[\]]{0,100}[.)\]])?${name} is not a (?:function|constructor)`,
  ),
  rule("null_reference", String.raw`^(?:[\p{L}\p{N}_$().[\]]{0,100}\.)?${name} is (?:undefined|null)$`),
  rule("wrong_type", String.raw`^(?:[\p{L}\p{N}_$().[\]]{0,100}\.)?${name} is not iterable`),
  rule(
    "bad_value",
    "^Unexpected (?:token|end of JSON input|non-whitespace)|in JSON at position|^Invalid (?:URL|Date|time value|array length)",
  ),
  // Java and Kotlin
  rule("null_reference", `because "<local\\d+>" is null`),
  rule(
    "null_reference",
    `because (?:the return value of )?"(?:[\\w$.<>]{1,160}\\.)?(?<subject>[\\w$]{1,80})(?:\\([^"]{0,160}\\))?(?:\\[[^"]{0,40}\\])?" is null`,
  ),
  rule("undefined_name", String.raw`^lateinit property (?<subject>\w{1,80}) has not been initialized`),
  rule(
    "out_of_range",
    String.raw`^(?:Index|index):? -?\d+,? (?:out of bounds for length|Size:|Length:)|^begin -?\d+, end -?\d+|^[Ss]tring index out of range`,
  ),
  rule("wrong_type", String.raw`(?:class )?\S{1,160} cannot be cast to|^null cannot be cast`),
  rule("bad_value", "^For input string: |^Text '.{0,100}' could not be parsed|^No enum constant"),
  rule(
    "missing_module",
    String.raw`^(?<subject>[\w$]+(?:[./][\w$]+){1,20})$`,
    /(?:ClassNotFoundException|NoClassDefFoundError)$/,
  ),
  rule(
    "missing_member",
    String.raw`^'?(?:[\w$.[\]]{1,160} )?(?:[\w$]+\.){1,20}(?<subject>[\w$]{1,80})(?:\([^']{0,200}\))?'?`,
    /NoSuch(?:Method|Field)(?:Error|Exception)$/,
  ),
  rule("null_reference", "^No value present"),
  // Go
  rule("null_reference", "invalid memory address or nil pointer dereference|assignment to entry in nil map"),
  rule("out_of_range", String.raw`^(?:runtime error: )?(?:index out of range|slice bounds out of range)`),
  rule("wrong_type", "^interface conversion: "),
  rule(
    "missing_module",
    String.raw`^cannot find (?:package|module(?: providing package)?) "?(?<subject>[\w./-]{1,120})"?`,
  ),
  // Rust
  rule("null_reference", "^called `Option::(?<subject>unwrap|expect)\\(\\)` on a `None` value"),
  rule(
    "unhandled_error",
    "^called `Result::(?<subject>unwrap|expect)(?:_err)?\\(\\)` on an `(?:Err|Ok)` value",
  ),
  rule(
    "out_of_range",
    "^index out of bounds: the len is|^range (?:start|end) index|byte index \\d+ is (?:out of bounds|not a char boundary)",
  ),
  rule("bad_value", "^attempt to (?:add|subtract|multiply|negate|shift)\\b.{0,40}with overflow"),
  // Ruby
  rule("null_reference", `^undefined method ${quote}${anything}${quote} for nil`),
  rule(
    "missing_member",
    `^(?:undefined|private) method ${quote}${anything}${quote} (?:called )?for (?:an instance of |class |module )?(?:#<)?(?<receiver>[\\w:]{0,80}?)(?::0x|>|:Class|$| )`,
  ),
  rule("undefined_name", `^undefined local variable or method ${quote}${anything}${quote}`),
  rule("undefined_name", String.raw`^uninitialized constant (?:[\w:]{1,100}::)?(?<subject>\w{1,80})`),
  rule("missing_key", `^key not found: (?:"(?<subject>[^"\\n]{1,120})"|:(?<symbol>[\\w?!]{1,80}))`),
  rule("missing_module", String.raw`^cannot load such file -- (?<subject>\S{1,120})`),
  rule("wrong_arguments", "^wrong number of arguments|^missing keywords?:|^unknown keywords?:"),
  rule("wrong_type", "can't be coerced into|^no implicit conversion of"),
  rule("out_of_range", String.raw`^index -?\d+ (?:outside of array bounds|too small for array)`),
  // PHP
  rule("undefined_name", String.raw`^Undefined variable:? \$?(?<subject>\w{1,80})`),
  rule("null_reference", String.raw`^Call to a member function (?<subject>\w{1,80})\(\) on null`),
  rule(
    "null_reference",
    `^(?:Attempt to read|Trying to get) property ${quote}?${anything}?${quote}? (?:on null|of non-object)`,
  ),
  rule("missing_member", String.raw`^Undefined property: (?<receiver>[\w\\]{1,120})::\$(?<subject>\w{1,80})`),
  rule(
    "missing_member",
    String.raw`^Call to undefined method (?<receiver>[\w\\]{1,120})::(?<subject>\w{1,80})\(\)`,
  ),
  rule(
    "undefined_name",
    String.raw`^Call to undefined function (?:[\w\\]{1,120}\\)?(?<subject>\w{1,80})\(\)`,
  ),
  rule("missing_module", `^Class ${quote}${anything}${quote} not found`),
  rule("missing_key", `^Undefined (?:array key|index:?|offset:?) ${quote}?${anything}${quote}?$`),
  rule("wrong_arguments", "^Too few arguments to function"),
  rule("wrong_type", "^Unsupported operand types:|must be of (?:the )?type"),
  // .NET
  rule("missing_key", `^The given key ${quote}${anything}${quote} was not present`),
  rule("missing_key", "^The given key was not present in the dictionary"),
  rule("null_reference", "^Object reference not set to an instance of an object"),
  rule("null_reference", String.raw`^Value cannot be null\. ?\(Parameter '(?<subject>\w{1,80})'\)`),
  rule("out_of_range", "^Index was out(?:side| of)|^Specified argument was out of the range"),
  rule("null_reference", "^Sequence contains no (?:matching )?elements?"),
  rule("missing_module", String.raw`^Could not load (?:file or assembly|type) '(?<subject>[\w.]{1,120})`),
  rule(
    "missing_member",
    String.raw`^(?:Method|Field) not found: '(?:[^']{0,160}[. ])?(?<subject>\w{1,80})(?:\(.{0,160})?'`,
  ),
  rule("wrong_type", "^Unable to cast object of type|^Specified cast is not valid"),
  rule("bad_value", "^(?:The )?[Ii]nput string .{0,80}was not in a correct format"),
  rule(
    "bad_value",
    String.raw`^(?:invalid value for (?<subject>\w{1,40})\(\)|strconv\.(?<symbol>\w{1,40}): parsing)`,
  ),
  rule("bad_value", "^invalid character .{1,12} (?:looking for|after|in )|^unexpected end of JSON input"),
  rule("missing_key", "^no entry found for key"),
  // Databases, files and networks, whatever the language
  rule(
    "missing_column",
    `(?:column|no such column:?|Unknown column) ${quote}?(?:[\\w]{1,60}\\.)?(?<subject>\\w{1,80})${quote}?(?: of relation \\S{1,80})? ?(?:does not exist|in '|$)`,
  ),
  rule(
    "missing_column",
    `(?:relation|no such table:?|[Tt]able) ${quote}?(?:[\\w]{1,60}\\.)?(?<subject>\\w{1,80})${quote}? ?(?:does not exist|doesn't exist|$)`,
  ),
  rule(
    "division_by_zero",
    String.raw`^(?:(?:integer |float |decimal |runtime error: integer )?(?:division|divide|modulo)(?: or modulo)? by zero|divided by 0|\/ by zero|[Dd]ivision by zero|Modulo by zero|attempt to (?:divide|calculate the remainder with a divisor of) (?:by )?zero|Attempted to divide by zero)`,
  ),
  rule("missing_file", `(?:[Nn]o such file or directory|ENOENT)[^'"\\n]{0,60}${quote}${anything}${quote}`),
  rule("missing_file", String.raw`^(?:open|stat|read) (?<subject>[^\s:]{1,160}): no such file or directory`),
  rule("missing_file", `^Could not find (?:file|a part of the path) ${quote}${anything}${quote}`),
  rule("missing_file", String.raw`^No such file or directory @ \w{1,30} - (?<subject>\S{1,160})`),
  rule("missing_file", String.raw`^(?<subject>\S{1,160}) \(No such file or directory\)`),
  rule("missing_file", "[Nn]o such file or directory"),
  rule(
    "unreachable_service",
    String.raw`(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ECONNRESET) ?(?<subject>[\w.:[\]-]{1,120})?`,
  ),
  rule(
    "unreachable_service",
    String.raw`(?:dial|lookup) (?:tcp )?(?<subject>[\w.:[\]-]{1,119}[\w\]])[^\n]{0,120}(?:connection refused|no such host)`,
  ),
  rule(
    "unreachable_service",
    String.raw`[Cc]onnection (?:to (?<subject>[\w.:-]{1,120}) )?(?:was )?refused|[Nn]ame or service not known|[Cc]onnection reset by peer`,
  ),
  rule("timeout", String.raw`\b(?:timed out|[Tt]ime-?out|deadline exceeded|execution expired|ETIMEDOUT)\b`),
];

export const typeRules: ReadonlyArray<[RegExp, ExceptionClass]> = [
  [/(?:^|\.)(?:KeyError|KeyNotFoundException)$/, "missing_key"],
  [/(?:NullPointerException|NullReferenceException|ArgumentNullException|UnwrapNone)$/, "null_reference"],
  [
    /(?:IndexError|IndexOutOfBoundsException|IndexOutOfRangeException|ArgumentOutOfRangeException)$/,
    "out_of_range",
  ],
  [
    /(?:ModuleNotFoundError|ImportError|ClassNotFoundException|NoClassDefFoundError|LoadError)$/,
    "missing_module",
  ],
  [/(?:ZeroDivisionError|DivideByZeroException|DivisionByZeroError)$/, "division_by_zero"],
  [/(?:FileNotFoundError|FileNotFoundException|NoSuchFileException|ENOENT)$/, "missing_file"],
  [/(?:ClassCastException|InvalidCastException)$/, "wrong_type"],
  [
    /(?:NumberFormatException|FormatException|JSONDecodeError|JsonSyntaxException|ParserError|DateTimeParseException)$/,
    "bad_value",
  ],
  [/(?:ConnectionRefusedError|ECONNREFUSED|ConnectException|UnknownHostException)$/, "unreachable_service"],
  [/(?:Timeout|TimeoutError|TimeoutException|TimeoutExpired|ReadTimeout|DeadlineExceeded)$/, "timeout"],
];
