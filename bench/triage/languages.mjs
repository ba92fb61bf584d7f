import { go } from "./languages/go.mjs";
import { java } from "./languages/java.mjs";
import { javascript } from "./languages/javascript.mjs";
import { python } from "./languages/python.mjs";
import { ruby } from "./languages/ruby.mjs";
import { typescript } from "./languages/typescript.mjs";

/** In turn, so that any run of seeds has about as many of each. */
export const languages = [python, go, typescript, java, javascript, ruby];

export const languageOf = (seed) => languages[seed % languages.length];
