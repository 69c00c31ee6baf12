/** @type {import("next").NextConfig} */
export default {
  turbopack: {
    rules: {
      "*.{ts,tsx,mts,js,jsx,mjs}": {
        condition: { all: [{ not: "foreign" }, { content: /@trace\b|spanwright/ }] },
        loaders: ["spanwright/loader"],
      },
    },
  },
  webpack(config) {
    config.module.rules.push({
      test: /\.[cm]?[jt]sx?$/,
      exclude: /node_modules/,
      enforce: "pre",
      use: ["spanwright/loader"],
    });
    return config;
  },
  experimental: { serverSourceMaps: true },
};
