export const requestExamples: Readonly<Record<string, unknown>> = {};
export const responseExamples: Readonly<Record<string, unknown>> = {};
export const problemExamples: Readonly<Record<number, unknown>> = {};
