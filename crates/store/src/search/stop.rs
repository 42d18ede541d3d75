//! Little words that say nothing about what somebody looks for, without accents.

use base::Language;

/// Whether a word is one of them in that language.
pub(super) fn is_little(word: &str, language: Language) -> bool {
    let list = match language {
        Language::En => EN,
        Language::Fr => FR,
        Language::De => DE,
        Language::Da => DA,
        Language::Fil => FIL,
    };
    list.split_ascii_whitespace().any(|little| little == word)
}

const EN: &str = "a am an and are as at be been but by can could did do does for from had has \
    have how i if in is it its me my no not of on or our s so t that the their them then there \
    they this to was we were what when where which who why will with would you your";

const FR: &str = "a ai as au aux avec avez avons c ce ces cet cette comment d dans de des du elle \
    en est et etait ete il ils j je l la le les leur lui m ma mais me mes moi mon n ne nos notre \
    nous on ou par pas pour pourquoi qu que quel quelle qui s sa se ses si son sont sur t ta te \
    tes toi ton tu un une vos votre vous y";

const DE: &str = "aber als am an auch auf aus bei bin bis das dass dem den der des die dies diese \
    doch du ein eine einem einen einer eines er es fur habe haben hat ich ihr im in ist ja kann \
    kein keine man mein meine meinem meinen mich mir mit nach nicht noch nur oder sein sie sind \
    so um und uns unser vom von vor war warum was wenn wer werden wie wird wo zu zum zur";

const DA: &str = "af alle at blev da de dem den der deres det dig din dit du eller en er et for \
    fra har hun hvad hvem hvor hvordan hvorfor hvis i ikke jeg kan man med men mig min mine mit \
    noget og ogsaa om op os paa sig sin skal som til ud var ved vi vil";

const FIL: &str = "ako akin ang at ay ba bakit dahil dito hindi ito iyon ka kami kanila kapag kay \
    kayo ko kong kung lang mga mo na naman nang natin ng ngunit ni niya nila nito o pa paano para \
    po sa saan si sila siya tayo upang wala yung";
