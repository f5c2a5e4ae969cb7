export function packageForTests(): Promise<string>;
