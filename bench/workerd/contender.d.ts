/** Stands for the contender that the bundler is told of. */
declare module 'contender' {
  export const setup: import('../contenders/contender.ts').Adapter['setup']
}
