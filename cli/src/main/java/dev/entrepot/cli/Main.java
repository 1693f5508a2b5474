package dev.entrepot.cli;

/** The application's entry point. */
public final class Main {

    private Main() {}

    /**
     * Prints how to call the application.
     *
     * @param arguments the words after {@code entrepot} on the command line
     */
    public static void main(String[] arguments) {
        System.out.println("usage: entrepot COMMAND");
    }
}
