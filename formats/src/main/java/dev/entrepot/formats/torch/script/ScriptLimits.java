package dev.entrepot.formats.torch.script;

/**
 * How much source text may ask for.
 *
 * @param characters the most characters in one file
 * @param depth the deepest nesting of expressions and of blocks, each
 * @param chain the most operators, attributes or calls in a row within one expression
 */
record ScriptLimits(int characters, int depth, int chain) {

    static final ScriptLimits DEFAULT = new ScriptLimits(16 << 20, 200, 500);
}
