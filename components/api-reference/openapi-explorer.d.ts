/** Importing it defines the custom elements; the package brings no types. */
declare module "openapi-explorer";
