package org.xfernas.jobs.report;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes HTML in which every text and attribute is escaped; it has no way to write a text raw. */
final class HtmlWriter {
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter html;

  HtmlWriter() {
    text.write("<!DOCTYPE html>\n");
    try {
      html = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
  }

  /** Starts an element with attributes as name, value, name, value. */
  HtmlWriter start(String element, String... attributes) {
    try {
      html.writeStartElement(element);
      for (int i = 0; i < attributes.length; i += 2) {
        html.writeAttribute(attributes[i], attributes[i + 1]);
      }
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
    return this;
  }

  /** Writes an element that has no end in HTML. */
  void single(String element, String... attributes) {
    try {
      html.writeEmptyElement(element);
      for (int i = 0; i < attributes.length; i += 2) {
        html.writeAttribute(attributes[i], attributes[i + 1]);
      }
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
  }

  /** Writes a text into the element that is open. */
  HtmlWriter text(String content) {
    try {
      html.writeCharacters(content);
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
    return this;
  }

  /** Ends the element that was started last. */
  void end() {
    try {
      html.writeEndElement();
      html.writeCharacters("\n");
    } catch (XMLStreamException e) {
      throw unexpected(e);
    }
  }

  /** Writes an element with nothing but a text. */
  void element(String element, String content, String... attributes) {
    start(element, attributes).text(content).end();
  }

  /** Writes a table with a caption, headings and rows of texts. */
  void table(String caption, List<String> headings, List<List<String>> rows) {
    start("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    start("table");
    element("caption", caption);
    start("thead").start("tr");
    headings.forEach(heading -> element("th", heading, "scope", "col"));
    end();
    end();
    start("tbody");
    for (List<String> row : rows) {
      start("tr");
      row.forEach(cell -> element("td", cell));
      end();
    }
    end();
    end();
    end();
  }

  /** Everything written so far. */
  String html() {
    return text.toString();
  }

  private static IllegalStateException unexpected(XMLStreamException e) {
    return new IllegalStateException("Cannot write to a string", e);
  }
}
