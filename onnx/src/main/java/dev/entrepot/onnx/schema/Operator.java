package dev.entrepot.onnx.schema;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One version of an ONNX operator. Source: ONNX {@code OpSchema}.
 *
 * @param domain the operator's domain; empty for ai.onnx
 * @param name the operator's name, such as {@code Conv}
 * @param sinceVersion the first operator set of the domain that has this version
 * @param traits what else ONNX says of it
 * @param inputs the inputs in order
 * @param outputs the outputs in order
 * @param attributes the attributes, sorted by name
 * @param typeConstraints the type variables
 */
public record Operator(
        String domain,
        String name,
        int sinceVersion,
        Set<Trait> traits,
        List<FormalParameter> inputs,
        List<FormalParameter> outputs,
        List<AttributeSchema> attributes,
        List<TypeConstraint> typeConstraints) {

    /** What a version of an operator may be besides usual. */
    public enum Trait {
        /** No longer to be used from this version on; ONNX's checker refuses it. */
        DEPRECATED,
        /** Never promised to stay as it is. */
        EXPERIMENTAL,
        /** Defined by a composition of other operators, so a runtime need not have a kernel for it. */
        FUNCTION
    }

    public Operator {
        EnumSet<Trait> copy = EnumSet.noneOf(Trait.class);
        copy.addAll(traits);
        traits = Collections.unmodifiableSet(copy);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = List.copyOf(attributes);
        typeConstraints = List.copyOf(typeConstraints);
    }

    /** Whether ONNX no longer allows the operator from this version on. */
    public boolean isDeprecated() {
        return traits.contains(Trait.DEPRECATED);
    }

    /** Whether ONNX defines the operator by a composition of others. */
    public boolean isFunction() {
        return traits.contains(Trait.FUNCTION);
    }

    /** The fewest inputs a node may list, left-out ones before the last included. */
    public int minInputs() {
        return least(inputs);
    }

    /** The most inputs a node may list; {@link Integer#MAX_VALUE} if there is no limit. */
    public int maxInputs() {
        return most(inputs);
    }

    /** The fewest outputs a node may list, left-out ones before the last included. */
    public int minOutputs() {
        return least(outputs);
    }

    /** The most outputs a node may list; {@link Integer#MAX_VALUE} if there is no limit. */
    public int maxOutputs() {
        return most(outputs);
    }

    /** The parameter that the node's input at {@code index} stands for; empty if the operator has not so many. */
    public Optional<FormalParameter> input(int index) {
        return at(inputs, index);
    }

    /** The parameter that the node's output at {@code index} stands for; empty if the operator has not so many. */
    public Optional<FormalParameter> output(int index) {
        return at(outputs, index);
    }

    /** The attribute of this name. */
    public Optional<AttributeSchema> attribute(String attributeName) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(attributeName))
                .findFirst();
    }

    /** The type variable of this name. */
    public Optional<TypeConstraint> typeConstraint(String variable) {
        return typeConstraints.stream()
                .filter(constraint -> constraint.variable().equals(variable))
                .findFirst();
    }

    /** The types that a value for this parameter may have, in ONNX's spelling: {@code tensor(float)}. */
    public Set<String> allowedTypes(FormalParameter parameter) {
        return typeConstraint(parameter.type()).map(TypeConstraint::allowed).orElseGet(() -> Set.of(parameter.type()));
    }

    /** {@code Conv-11}, {@code ai.onnx.ml.Scaler-1}, as ONNX's documentation has it. */
    @Override
    public String toString() {
        return (domain.isEmpty() ? "" : domain + ".") + name + "-" + sinceVersion;
    }

    /** Source: onnx/defs/schema.cc, OpSchema::Finalize: a variadic parameter makes all before it count. */
    private static int least(List<FormalParameter> parameters) {
        int least = 0;
        for (int i = 0; i < parameters.size(); i++) {
            FormalParameter parameter = parameters.get(i);
            if (parameter.occurrence() != FormalParameter.Occurrence.OPTIONAL) {
                least = i + parameter.minArity();
            }
        }
        return least;
    }

    private static int most(List<FormalParameter> parameters) {
        return endsVariadic(parameters) ? Integer.MAX_VALUE : parameters.size();
    }

    private static Optional<FormalParameter> at(List<FormalParameter> parameters, int index) {
        if (index < parameters.size()) {
            return Optional.of(parameters.get(index));
        }
        return endsVariadic(parameters) ? Optional.of(parameters.get(parameters.size() - 1)) : Optional.empty();
    }

    private static boolean endsVariadic(List<FormalParameter> parameters) {
        return !parameters.isEmpty() && parameters.get(parameters.size() - 1).isVariadic();
    }
}
