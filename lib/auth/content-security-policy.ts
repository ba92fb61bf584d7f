/**
 * sonner writes its styles, always the same, into an element of its own without a nonce: first empty, then filled.
 * The test computes both again from the installed version.
 */
const sonnerStyles =
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='";

/**
 * What a page of the panel may load and run. Scripts and style elements carry the request's nonce; style attributes
 * cannot, and are what floating elements are placed with.
 */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  const script = `'nonce-${nonce}' 'strict-dynamic'`;
  return [
    "default-src 'self'",
    // React rebuilds server stacks with eval, and the error overlay brings its own styles: both only while developing.
    `script-src ${script}${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}' ${sonnerStyles}`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws: wss:" : ""}`,
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
}
