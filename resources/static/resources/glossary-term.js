/* A word of the glossary in Draftail: chosen in the usual modal, shown with its name.
   Source: Wagtail's guide “Extending the Draftail editor”, entities. */
(() => {
  const { DocumentModalWorkflowSource, TooltipEntity } = window.draftail;

  class GlossaryTermSource extends DocumentModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.glossaryTerm,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    onChosen(data) {
      /* Snippet choosers name it “string”; a word inserted without a selection needs it. */
      super.onChosen({ ...data, title: data.title || data.string });
    }

    filterEntityData(data) {
      return { id: data.id, name: data.title };
    }
  }

  const GlossaryTerm = (props) => {
    const { name } = props.contentState.getEntity(props.entityKey).getData();
    const icon = window.React.createElement(window.wagtail.components.Icon, {
      name: name ? "help" : "warning",
    });
    return window.React.createElement(
      TooltipEntity,
      { ...props, icon, label: name || "?", url: "" },
      props.children,
    );
  };

  window.draftail.registerPlugin(
    { type: "GLOSSARY-TERM", source: GlossaryTermSource, decorator: GlossaryTerm },
    "entityTypes",
  );
})();
