export function stageOnce(cache: string, name: string, key: string, fill: (dir: string) => void): string;
