package dev.entrepot.server.web;

/** Tells a person in a browser of a problem. Where there is none, browsers get the problem as JSON like everybody else. */
public interface ErrorPage {

    /**
     * A whole page of HTML.
     *
     * @param problem what went wrong; its texts may hold a stranger's words and must be escaped
     */
    String html(Problem problem);
}
