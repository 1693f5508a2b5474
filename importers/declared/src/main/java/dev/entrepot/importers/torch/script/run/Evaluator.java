package dev.entrepot.importers.torch.script.run;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.script.ClassDefinition;
import dev.entrepot.formats.torch.script.Expression;
import dev.entrepot.formats.torch.script.Expression.Attribute;
import dev.entrepot.formats.torch.script.Expression.Call;
import dev.entrepot.formats.torch.script.Expression.Keyword;
import dev.entrepot.formats.torch.script.Expression.Name;
import dev.entrepot.formats.torch.script.Expression.Subscript;
import dev.entrepot.formats.torch.script.FunctionDefinition;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.DictValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.script.values.Frame;
import dev.entrepot.importers.torch.script.values.ScriptValue.ClassValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.EnumValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.FunctionValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.Future;
import dev.entrepot.importers.torch.script.values.ScriptValue.Maybe;
import dev.entrepot.importers.torch.script.values.ScriptValue.NamedTuple;
import dev.entrepot.importers.torch.script.values.ScriptValue.Namespace;
import dev.entrepot.importers.torch.script.values.ScriptValue.ObjectValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.SequenceValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.Uninitialized;
import dev.entrepot.importers.torch.script.values.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives expressions their values. Source: torch/csrc/jit/frontend/ir_emitter.cpp, emitSugaredExpr; import_source.cpp, resolveValue. */
final class Evaluator {

    private final Interpreter interpreter;

    Evaluator(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    IValue value(Expression expression, Frame frame) {
        if (expression instanceof Expression.IntLiteral number) {
            return IValue.of(number.value());
        } else if (expression instanceof Expression.FloatLiteral number) {
            return IValue.of(number.value());
        } else if (expression instanceof Expression.TextLiteral text) {
            return IValue.of(text.value());
        } else if (expression instanceof Expression.BoolLiteral bool) {
            return IValue.of(bool.value());
        } else if (expression instanceof Expression.NoneLiteral) {
            return IValue.NONE;
        } else if (expression instanceof Name name) {
            return name(name, frame);
        } else if (expression instanceof Attribute attribute) {
            return attribute(attribute, frame);
        } else if (expression instanceof Subscript subscript) {
            return subscript(subscript, frame);
        } else if (expression instanceof Call call) {
            return call(call, frame);
        } else if (expression instanceof Expression.ListLiteral list) {
            return IValue.list(values(list.items(), frame));
        } else if (expression instanceof Expression.TupleLiteral tuple) {
            return IValue.tuple(values(tuple.items(), frame));
        } else if (expression instanceof Expression.DictLiteral dict) {
            return dict(dict, frame);
        } else if (expression instanceof Expression.Unary unary) {
            return unary(unary, frame);
        } else if (expression instanceof Expression.Binary binary) {
            return binary(binary, frame);
        } else if (expression instanceof Expression.Conditional conditional) {
            return conditional(conditional, frame);
        } else if (expression instanceof Expression.ImaginaryLiteral number) {
            throw unsupported(number, "complex numbers have no form in ONNX");
        } else if (expression instanceof Expression.EllipsisLiteral dots) {
            throw unsupported(dots, "it stands where a value is expected");
        }
        throw unsupported(expression, "a slice stands where a value is expected");
    }

    List<IValue> values(List<Expression> expressions, Frame frame) {
        List<IValue> values = new ArrayList<>();
        for (Expression expression : expressions) {
            values.add(value(expression, frame));
        }
        return values;
    }

    private static ModelException unsupported(Expression expression, String why) {
        return ModelException.unsupported(expression.where(), "code", why);
    }

    private static ModelException malformed(Expression expression, String why) {
        return ModelException.malformed(expression.where(), "code", why);
    }

    private IValue name(Name name, Frame frame) {
        @Nullable IValue local = frame.find(name.name());
        if (local != null) {
            return local;
        }
        return switch (name.name()) {
            case "inf" -> IValue.of(Double.POSITIVE_INFINITY);
            case "nan" -> IValue.of(Double.NaN);
            default -> new Namespace(name.name());
        };
    }

    private IValue attribute(Attribute attribute, Frame frame) {
        IValue object = value(attribute.object(), frame);
        String name = attribute.name();
        if (object instanceof Namespace namespace) {
            return resolved(namespace.qualified() + "." + name);
        }
        return member(object, name, attribute);
    }

    /** What a name with dots stands for. */
    private IValue resolved(String qualified) {
        if (qualified.startsWith("CONSTANTS.")) {
            return interpreter.constant(qualified.substring("CONSTANTS.".length()));
        }
        Optional<FunctionDefinition> function = interpreter.code().functionNamed(qualified);
        if (function.isPresent()) {
            return new FunctionValue(function.get(), Optional.empty());
        }
        return interpreter.code().classNamed(qualified).isPresent()
                ? new ClassValue(qualified)
                : new Namespace(qualified);
    }

    private IValue member(IValue object, String name, Expression where) {
        if (object instanceof ObjectValue instance) {
            IValue field = instance.fields().get(name);
            if (field != null) {
                return field;
            }
            Optional<Expression> constant = interpreter
                    .code()
                    .classNamed(instance.className())
                    .map(type -> type.constants().get(name));
            if (constant.isPresent()) {
                return value(constant.get(), new Frame(Optional.empty()));
            }
            throw malformed(where, instance + " has no attribute \"" + name + "\"");
        } else if (object instanceof NamedTuple tuple && tuple.names().contains(name)) {
            return tuple.items().get(tuple.names().indexOf(name));
        } else if (object instanceof ClassValue type) {
            return enumMember(type, name, where);
        } else if (object instanceof EnumValue member) {
            return name.equals("name") ? IValue.of(member.name()) : member.value();
        } else if (object instanceof TensorRef) {
            return interpreter.operator(
                    (name.equals("T") ? "aten::numpy_" : "prim::") + name, List.of(object), Map.of(), where.where());
        } else if (object instanceof IValue.Broken) {
            return object;
        }
        throw malformed(where, "asks a " + object.sort() + " for its \"" + name + "\"");
    }

    private IValue enumMember(ClassValue type, String name, Expression where) {
        ClassDefinition definition =
                interpreter.code().classNamed(type.qualified()).orElseThrow();
        Expression value = definition.constants().get(name);
        if (value == null) {
            throw malformed(where, "class " + type.qualified() + " has no member \"" + name + "\"");
        }
        return new EnumValue(type.qualified(), name, value(value, new Frame(Optional.empty())));
    }

    private IValue subscript(Subscript subscript, Frame frame) {
        IValue object = value(subscript.object(), frame);
        if (object instanceof IValue.Broken) {
            return object;
        }
        if (subscript.indices().size() != 1) {
            throw unsupported(subscript, "takes several indices at once, which torch.jit.save does not write");
        }
        Expression index = subscript.indices().get(0);
        if (index instanceof Expression.Slice slice) {
            List<IValue> arguments = new ArrayList<>(List.of(object));
            if (object instanceof TensorRef) {
                arguments.add(IValue.of(0));
            }
            for (Optional<Expression> bound : List.of(slice.lower(), slice.upper(), slice.step())) {
                arguments.add(bound.map(b -> value(b, frame)).orElse(IValue.NONE));
            }
            if (slice.step().isEmpty()) {
                arguments.set(arguments.size() - 1, IValue.of(1));
            }
            return interpreter.operator("aten::slice", arguments, Map.of(), subscript.where());
        }
        IValue at = value(index, frame);
        if (object instanceof TensorRef) {
            return interpreter.operator("aten::select", List.of(object, IValue.of(0), at), Map.of(), subscript.where());
        }
        if (object instanceof ObjectValue module && at instanceof IValue.Text name) {
            return member(module, name.value(), subscript);
        }
        return interpreter.operator("aten::__getitem__", List.of(object, at), Map.of(), subscript.where());
    }

    private IValue dict(Expression.DictLiteral literal, Frame frame) {
        DictValue dict = new DictValue();
        for (Expression.Entry entry : literal.entries()) {
            dict.entries().put(value(entry.key(), frame), value(entry.value(), frame));
        }
        return dict;
    }

    private IValue unary(Expression.Unary unary, Frame frame) {
        String op = switch (unary.operator()) {
            case "-" -> "aten::neg";
            case "~" -> "aten::bitwise_not";
            default -> "aten::__not__";
        };
        return interpreter.operator(op, List.of(value(unary.operand(), frame)), Map.of(), unary.where());
    }

    private IValue binary(Expression.Binary binary, Frame frame) {
        IValue left = value(binary.left(), frame);
        boolean decided = left instanceof IValue.Bool known
                && (binary.operator().equals("and") && !known.value()
                        || binary.operator().equals("or") && known.value());
        return decided
                ? left
                : InfixOperators.apply(
                        interpreter, binary.operator(), left, value(binary.right(), frame), binary.where());
    }

    private IValue conditional(Expression.Conditional conditional, Frame frame) {
        IValue test = interpreter.truth(value(conditional.test(), frame), conditional.where());
        if (test instanceof IValue.Bool known) {
            return value(known.value() ? conditional.then() : conditional.otherwise(), frame);
        }
        throw unsupported(conditional, "a condition within an expression depends on data");
    }

    // --- calls

    private IValue call(Call call, Frame frame) {
        if (call.callee() instanceof Name name && frame.find(name.name()) == null) {
            Optional<IValue> special = specialForm(name.name(), call, frame);
            if (special.isPresent()) {
                return special.get();
            }
        }
        if (call.callee() instanceof Attribute attribute) {
            IValue object = value(attribute.object(), frame);
            if (!(object instanceof Namespace)) {
                return method(object, attribute.name(), call, frame);
            }
            IValue callee = resolved(((Namespace) object).qualified() + "." + attribute.name());
            return called(callee, call, frame);
        }
        return called(value(call.callee(), frame), call, frame);
    }

    private IValue called(IValue callee, Call call, Frame frame) {
        List<IValue> positional = values(call.positional(), frame);
        Map<String, IValue> keyword = keywords(call, frame);
        if (callee instanceof FunctionValue function) {
            return interpreter.call(function, positional, keyword, call.where());
        } else if (callee instanceof ClassValue type) {
            return interpreter.construct(type.qualified(), positional, keyword, call.where());
        } else if (callee instanceof Namespace namespace) {
            return interpreter.operator(operatorName(namespace, call), positional, keyword, call.where());
        } else if (callee instanceof ObjectValue object) {
            return interpreter.callMethod(object, "forward", positional, keyword, call.where());
        } else if (callee instanceof IValue.Broken) {
            return callee;
        }
        throw malformed(call, "calls a " + callee.sort());
    }

    /** {@code torch.add} is aten::add, {@code ops.prim.device} is prim::device. */
    private static String operatorName(Namespace namespace, Call call) {
        String name = namespace.qualified();
        if (name.startsWith("torch.")) {
            return "aten::" + name.substring(name.lastIndexOf('.') + 1);
        }
        if (name.startsWith("ops.")) {
            String rest = name.substring("ops.".length());
            int dot = rest.indexOf('.');
            if (dot > 0) {
                return rest.substring(0, dot) + "::" + rest.substring(dot + 1);
            }
        }
        throw malformed(call, "calls " + name + ", which the archive's code does not define");
    }

    private Map<String, IValue> keywords(Call call, Frame frame) {
        Map<String, IValue> keywords = new LinkedHashMap<>();
        for (Keyword keyword : call.keywords()) {
            keywords.put(keyword.name(), value(keyword.value(), frame));
        }
        return keywords;
    }

    private IValue method(IValue object, String name, Call call, Frame frame) {
        if (object instanceof ClassValue type && name.equals("__new__")) {
            return new ObjectValue(type.qualified(), Optional.empty());
        }
        List<IValue> positional = values(call.positional(), frame);
        Map<String, IValue> keyword = keywords(call, frame);
        if (object instanceof ObjectValue instance) {
            IValue field = instance.fields().get(name);
            return field == null
                    ? interpreter.callMethod(instance, name, positional, keyword, call.where())
                    : called(field, call, frame);
        } else if (object instanceof IValue.Broken) {
            return object;
        } else if (name.equals("tolist")) {
            return interpreter.operator("prim::tolist", List.of(object), Map.of(), call.where());
        } else if (object instanceof ClassValue type) {
            FunctionDefinition method = interpreter
                    .code()
                    .classNamed(type.qualified())
                    .map(definition -> definition.methods().get(name))
                    .orElseThrow(() -> malformed(call, "class " + type.qualified() + " has no method " + name));
            return interpreter.call(new FunctionValue(method, Optional.empty()), positional, keyword, call.where());
        }
        List<IValue> all = new ArrayList<>(List.of(object));
        all.addAll(positional);
        return interpreter.operator("aten::" + name, all, keyword, call.where());
    }

    /** The names that look like functions and are part of the language. */
    private Optional<IValue> specialForm(String name, Call call, Frame frame) {
        List<Expression> arguments = call.positional();
        return switch (name) {
            case "annotate" -> Optional.of(annotated(arguments.get(0), value(arguments.get(1), frame), call));
            case "unchecked_cast" -> Optional.of(cast(value(arguments.get(1), frame)));
            case "uninitialized" -> Optional.of(new Uninitialized(arguments.get(0)));
            case "getattr" -> Optional.of(named(value(arguments.get(0), frame), arguments, frame, call));
            case "isinstance" ->
                Optional.of(IValue.of(Types.isInstance(value(arguments.get(0), frame), arguments.get(1))));
            case "fork" -> Optional.of(forked(arguments, frame, call));
            case "print" -> Optional.of(IValue.NONE);
            case "int" -> Optional.of(operator("aten::Int", arguments, frame, call));
            case "float" -> Optional.of(operator("aten::Float", arguments, frame, call));
            case "bool" -> Optional.of(operator("aten::Bool", arguments, frame, call));
            case "str" -> Optional.of(operator("aten::str", arguments, frame, call));
            case "sorted" -> Optional.of(operator("aten::sorted", arguments, frame, call));
            case "len" -> Optional.of(operator("aten::len", arguments, frame, call));
            case "list" -> Optional.of(operator("aten::list", arguments, frame, call));
            case "dict" -> Optional.of(operator("aten::dict", arguments, frame, call));
            case "abs" -> Optional.of(operator("prim::abs", arguments, frame, call));
            case "min" -> Optional.of(operator("prim::min", arguments, frame, call));
            case "max" -> Optional.of(operator("prim::max", arguments, frame, call));
            case "complex" -> throw unsupported(call, "complex numbers have no form in ONNX");
            default -> Optional.empty();
        };
    }

    private IValue operator(String op, List<Expression> arguments, Frame frame, Call call) {
        return interpreter.operator(op, values(arguments, frame), keywords(call, frame), call.where());
    }

    private IValue named(IValue object, List<Expression> arguments, Frame frame, Call call) {
        IValue name = value(arguments.get(1), frame);
        if (!(name instanceof IValue.Text text)) {
            throw malformed(call, "the attribute's name is a " + name.sort());
        }
        return member(object, text.value(), call);
    }

    private IValue forked(List<Expression> arguments, Frame frame, Call call) {
        List<IValue> values = values(arguments, frame);
        if (values.isEmpty() || !(values.get(0) instanceof FunctionValue function)) {
            throw malformed(call, "forks something that is no function");
        }
        return new Future(interpreter.call(function, values.subList(1, values.size()), Map.of(), call.where()));
    }

    private static IValue cast(IValue value) {
        return value instanceof Maybe maybe ? maybe.value() : value;
    }

    /** A tensor that is annotated as a number is one. */
    private IValue annotated(Expression type, IValue value, Call call) {
        if (value instanceof TensorRef tensor && type instanceof Name name) {
            return switch (name.name()) {
                case "int" -> operatorOn("aten::Int", value, call);
                case "float" -> operatorOn("aten::Float", value, call);
                case "bool" -> operatorOn("aten::Bool", value, call);
                case "number", "Scalar" -> interpreter.graph().item(tensor.value());
                default -> value;
            };
        }
        return value instanceof SequenceValue ? value : cast(value);
    }

    private IValue operatorOn(String op, IValue value, Call call) {
        return interpreter.operator(op, List.of(value), Map.of(), call.where());
    }
}
