package dev.entrepot.validator.report;

import dev.entrepot.validator.report.Report.OutputPower;
import dev.entrepot.validator.report.Run.Output;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A report as JUnit XML, which CI servers show: a test case for loading and running, one for each output of each set, and one for each
 * reference's power. A weak reference is a failure of type {@code inconclusive}: it must not look green.
 */
public final class JUnitReport {

    private final Report report;
    private final XMLStreamWriter xml;

    private JUnitReport(Report report, XMLStreamWriter xml) {
        this.report = report;
        this.xml = xml;
    }

    /** The report as one test suite. */
    public static String of(Report report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new JUnitReport(report, xml).write();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text + "\n";
    }

    private void write() throws XMLStreamException {
        List<Output> outputs =
                report.runs().stream().flatMap(run -> run.outputs().stream()).toList();
        List<OutputPower> powers = report.reference().power();
        boolean ran = report.verdict() != Verdict.FAIL_RUNTIME;
        long failures = outputs.stream().filter(output -> !output.pass()).count()
                + powers.stream().filter(this::counts).count()
                + report.layers().stream().filter(this::counts).count();
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        attribute("name", report.subject().name());
        attribute(
                "tests",
                String.valueOf(
                        1 + outputs.size() + powers.size() + report.layers().size()));
        attribute("failures", String.valueOf(failures));
        attribute("errors", ran ? "0" : "1");
        attribute("time", seconds(report.durationMs()));
        attribute("timestamp", report.created());
        testCase(
                "runs",
                ran ? "" : "error",
                report.verdictReason().code(),
                report.verdictReason().text());
        for (Output output : outputs) {
            testCase(
                    "output " + output.name() + " of " + output.set(),
                    output.pass() ? "" : "failure",
                    Verdict.FAIL_CONVERSION.reportName(),
                    message(output));
        }
        for (OutputPower power : powers) {
            testCase(
                    "reference of " + power.name() + " can tell a wrong model",
                    counts(power) ? "failure" : "",
                    Verdict.INCONCLUSIVE.reportName(),
                    power.weakness());
        }
        Localisation localisation = report.localisation();
        if (localisation != null) {
            for (Localisation.Layer layer : report.layers()) {
                testCase(
                        layer.called(localisation.framework()),
                        counts(layer) ? "failure" : "",
                        Verdict.FAIL_CONVERSION.reportName(),
                        layer.firstBad() ? localisation.text() : message(layer));
            }
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    /** A layer that is off while the outputs are not is told in the other reports, and fails no build. */
    private boolean counts(Localisation.Layer layer) {
        return !layer.pass() && !report.passed();
    }

    /** A weak reference of a whole-number output is no failure where another output's is strong. */
    private boolean counts(OutputPower power) {
        return power.degenerate() && report.reference().degenerate();
    }

    private void testCase(String name, String fault, String type, String message) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        attribute("classname", report.subject().name());
        attribute("name", name);
        attribute("time", name.equals("runs") ? seconds(firstRun()) : "0");
        if (!fault.isEmpty()) {
            xml.writeStartElement(fault);
            attribute("type", type);
            attribute("message", message);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private double firstRun() {
        return report.runs().stream()
                .map(Run::timing)
                .filter(timing -> timing != null)
                .mapToDouble(Run.Timing::firstRunMs)
                .sum();
    }

    private static String message(Output output) {
        if (!output.fault().isEmpty()) {
            return output.fault();
        }
        return output.mismatches() + " of " + output.elements() + " elements are too far from the reference, first at "
                + output.firstMismatchIndex() + "; error over bound "
                + output.bound().maxErrorOverBound();
    }

    private static String message(Localisation.Layer layer) {
        return layer.fault().isEmpty()
                ? "max abs " + layer.maxAbs() + ", error over bound " + layer.errorOverBound()
                : layer.fault();
    }

    private static String seconds(double milliseconds) {
        return String.format(Locale.ROOT, "%.3f", milliseconds / 1000);
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    /** XML 1.0 has no way to write most control characters. */
    private static String legal(String text) {
        return text.codePoints()
                .map(c -> c < 0x20 || c == 0xfffe || c == 0xffff || (c >= 0xd800 && c <= 0xdfff) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
