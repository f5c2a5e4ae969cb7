/** What is used here of saxen, which comes without types. */
declare module 'saxen' {
  type Decode = (text: string) => string;

  export class Parser {
    on(event: 'openTag', take: (name: string, attributes: () => unknown, decode: Decode) => void): this;
    on(event: 'closeTag', take: (name: string) => void): this;
    on(event: 'text', take: (text: string, decode: Decode) => void): this;
    on(event: 'attention' | 'cdata', take: (text: string) => void): this;
    on(event: 'error', take: (problem: Error) => void): this;
    write(chunk: string): this;
    end(): Error | null;
  }
}
