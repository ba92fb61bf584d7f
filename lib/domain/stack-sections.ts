import type { NamedException } from "./stack-exception";
import type { StackFrame } from "./stack-frame";
import { moduleOf } from "./stack-module";
import type { ParsedFailure } from "./stack-trace";

const frameCap = 3;
/** How many of the last calls are kept where the innermost comes last; more than the cap, since repeated ones count once. */
const keptCap = 12;

/** One exception of a chain and the frames printed with it. */
class StackSection {
  type: string | null = null;
  message: string | null = null;
  /** The file named beside the message: stands in where no frame is ours. */
  path: string | null = null;
  /** `first`: the innermost frame is printed first; `last`: it comes last (Python). */
  order: "first" | "last" = "first";
  isEmpty = true;
  readonly #app: StackFrame[] = [];
  readonly #library: StackFrame[] = [];

  add(frame: StackFrame): void {
    this.isEmpty = false;
    if (frame.origin === "runtime") return;
    const frames = frame.origin === "app" ? this.#app : this.#library;
    if (frames.length < keptCap) frames.push(frame);
    else if (this.order === "last") {
      frames.shift();
      frames.push(frame);
    }
  }

  /** Further frames of this section would not count. */
  get isFull(): boolean {
    return this.order === "first" && this.#app.length >= keptCap / 2;
  }

  app(): string[] {
    if (this.#app.length === 0 && this.path !== null && !/[\\/](?:vendor|rustc)[\\/]/.test(this.path)) {
      return [moduleOf(this.path)].filter((name) => name !== "");
    }
    return this.#innermost(this.#app);
  }

  library(): string[] {
    return this.#innermost(this.#library);
  }

  #innermost(frames: readonly StackFrame[]): string[] {
    const names: string[] = [];
    for (const { name } of this.order === "first" ? frames : frames.toReversed()) {
      const own = name();
      if (own !== "" && own !== names.at(-1)) names.push(own);
      if (names.length === frameCap) break;
    }
    return names;
  }
}

/** The exceptions of a report's traces, from the outermost to the root of the chain. */
export class StackSections {
  /** A Python trace is open, and what is raised comes behind its frames. */
  awaitsName = false;
  #chain: StackSection[] = [new StackSection()];
  #current = this.#chain[0] as StackSection;
  /** The indent of a suppressed exception; deeper lines are its own, and nothing of it counts. */
  #asideIndent: number | null = null;
  #isChained = false;

  current(): StackSection {
    return this.#current;
  }

  addFrame(frame: StackFrame, order: "first" | "last"): void {
    const section = this.#current;
    if (section.isEmpty) section.order = order;
    if (order === "last" && !this.awaitsName && (section.type === null || section.isEmpty))
      this.awaitsName = true;
    section.add(frame);
  }

  /** Type and message of the current section; the first to be named counts, but in Python the one behind the frames. */
  name(exception: NamedException): void {
    const section = this.#current;
    if (section.type !== null && !this.awaitsName) return;
    section.type = exception.type;
    section.message = exception.message;
    section.path = exception.path;
    this.awaitsName = false;
  }

  open(relation: "cause" | "wrapper", exception: NamedException, indent: number): void {
    if (this.#asideIndent !== null) {
      if (indent > this.#asideIndent) return;
      this.#asideIndent = null;
    }
    this.#begin(relation);
    this.#current.type = exception.type;
    this.#current.message = exception.message;
    this.#current.path = exception.path;
  }

  /** A suppressed exception is told beside another one, and decides nothing. */
  setAside(indent: number): boolean {
    this.#asideIndent = indent;
    this.#current = new StackSection();
    return true;
  }

  /** `--- End of inner exception stack trace ---`: what follows are the frames of the one around it. */
  closeInner(): boolean {
    const at = this.#chain.indexOf(this.#current);
    if (at > 0) this.#current = this.#chain[at - 1] as StackSection;
    return true;
  }

  /** `Traceback (most recent call last):` begins a section of its own, unless nothing was read before it. */
  openTraceback(): void {
    if (!this.#current.isEmpty) this.#begin(this.#isChained ? "wrapper" : "cause", !this.#isChained);
    else if (this.#isChained) this.#begin("wrapper");
    this.#isChained = false;
    this.awaitsName = true;
  }

  /** What was raised so far is the cause of what the next traceback tells. */
  chainTraceback(): void {
    this.#isChained = true;
  }

  #begin(relation: "cause" | "wrapper", replaces = false): void {
    const section = new StackSection();
    if (replaces) this.#chain = [section];
    else if (relation === "cause") this.#chain.push(section);
    else this.#chain.unshift(section);
    this.#current = section;
  }

  failure(): ParsedFailure {
    const outer = this.#chain[0] as StackSection;
    const root = this.#chain.at(-1) as StackSection;
    const cause =
      root === outer || (root.type === null && root.message === null)
        ? undefined
        : { exceptionType: root.type, message: root.message };
    const failure: ParsedFailure = {
      exceptionType: outer.type,
      message: outer.message,
      frames: this.#frames(),
    };
    return cause ? { ...failure, cause } : failure;
  }

  /** Where it began tells most: the root's own frames, else those around it; ours before a library's. */
  #frames(): string[] {
    const sections = this.#chain.toReversed();
    const own = sections.map((section) => section.app()).find((frames) => frames.length > 0);
    return own ?? sections.map((section) => section.library()).find((frames) => frames.length > 0) ?? [];
  }
}
